package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Through a real Consul. */
@Requires({Requirement.CONSUL, Requirement.GO})
class ConsulWithGoTest extends RegistryWithGo {
    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable ConsulAgent agent;
    private static Registry registry = ConsulRegistry.create(VERTX, ConsulOptions.DEFAULTS);

    @BeforeAll
    static void start() {
        ConsulAgent started = ConsulAgent.dev(directory);
        agent = started;
        registry = ConsulRegistry.create(VERTX, ConsulOptions.DEFAULTS.withAddresses(List.of(started.address())));
    }

    @AfterAll
    static void stop() {
        Await.result(registry.close());
        Await.result(VERTX.close());
        if (agent != null) {
            agent.close();
        }
    }

    @Override
    protected String type() {
        return "consul";
    }

    @Override
    protected String address() {
        return Objects.requireNonNull(agent).address();
    }

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected void goFindsNone(GoProcess get) {
        assertThat(answer(get, "found").getJsonArray("found"))
                .allSatisfy(service ->
                        assertThat(((JsonObject) service).getJsonArray("nodes")).isNullOrEmpty());
    }
}
