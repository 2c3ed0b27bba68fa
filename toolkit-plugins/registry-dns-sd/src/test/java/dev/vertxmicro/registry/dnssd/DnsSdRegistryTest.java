package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On loopback. JmDNS takes seconds for everything, so the tests wait side by side. */
@Execution(ExecutionMode.CONCURRENT)
class DnsSdRegistryTest extends RegistryContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final DnsSdOptions OPTIONS =
            DnsSdOptions.DEFAULTS.withAddress("127.0.0.1").withLookupTimeout(Duration.ofMillis(500));

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Test
    void carriesTheLargestRecordUnderTheLongestName() {
        Registry server = registry();
        Registry client = registry();
        String service = "s" + "x".repeat(200);
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; size(service, metadata) < TxtRecord.MAX_BYTES - 21; i++) {
            metadata.put("key" + i, "0123456789");
        }
        Node node = new Node(service + "-1", "127.0.0.1:9001", metadata);
        ServiceInfo large = new ServiceInfo(service, "1", Map.of(), List.of(), List.of(node));
        RecordingWatcher seen = RecordingWatcher.of(service);
        await(client.watch(service, seen));
        await(server.register(large, Duration.ofSeconds(60)));
        assertThat(seen.next().service()).isEqualTo(large);
        assertThat(await(client.get(service))).containsExactly(large);
        await(Future.join(server.close(), client.close()));
    }

    /** A service without endpoints. */
    public static final class Closing extends ServiceVerticle {

        @Override
        protected void configure(Service service) {
            // nothing to serve
        }
    }

    @Test
    void takesTheNodeOfAServiceBackWhenVertxCloses() {
        Vertx own = Vertx.vertx();
        JsonObject registry =
                new JsonObject().put("type", "dns-sd").put("dns-sd", new JsonObject().put("address", "127.0.0.1"));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "closing"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("broker", new JsonObject().put("type", "memory"))
                .put("registry", registry);
        try (RecordedLogs log = RecordedLogs.of(Heartbeat.class)) {
            await(own.deployVerticle(Closing.class, new DeploymentOptions().setConfig(descriptor)));
            await(own.close());
            assertThat(log.all()).isEmpty();
        }
    }

    private static int size(String service, Map<String, String> metadata) {
        return new TxtRecord(service, "1", service + "-1", List.of(), metadata).encode().length;
    }

    @Override
    protected Registry registry() {
        return DnsSdRegistry.create(VERTX, OPTIONS);
    }

    @Override
    protected Registry peer(Registry first) {
        return DnsSdRegistry.create(VERTX, OPTIONS);
    }

    /** JmDNS sends and asks for each of them three times and more, and all tests hear all of it: more would lose packets. */
    @Override
    protected int crowd() {
        return 4;
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
