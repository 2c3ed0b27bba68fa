package dev.vertxmicro.interop;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.NatsRegistry;
import dev.vertxmicro.registry.nats.NatsRegistryOptions;
import dev.vertxmicro.testkit.program.ChildProcess;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.NatsServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of either side, by go-micro's own flags, through a real NATS server. */
@Requires({Requirement.NATS, Requirement.GO})
class NatsWithGoTest {
    private static final Duration REFRESH = Duration.ofSeconds(3);

    @TempDir
    Path directory = Path.of("");

    private final GoProgram go = GoProgram.build("interop/go-plugins");
    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private List<String> flags = List.of();
    private NatsRegistry registry = NatsRegistry.create(vertx, NatsRegistryOptions.DEFAULTS);

    @BeforeEach
    void start() {
        NatsServer server = NatsServer.start(directory);
        open.add(server);
        flags = List.of("--registry=nats", "--registry_address=" + server.address());
        registry = NatsRegistry.create(
                vertx,
                NatsRegistryOptions.DEFAULTS
                        .withAddresses(List.of(server.address()))
                        .withRefresh(REFRESH));
    }

    @AfterEach
    void stop() throws Exception {
        result(registry.close());
        result(vertx.close());
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private GoProcess go(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(flags);
        return go.start(all);
    }

    private JavaProcess vertx(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(flags);
        return JavaProcess.start("dev.vertxmicro.launcher.MicroLauncher", all.toArray(String[]::new));
    }

    private JavaProcess greeter(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("run", "examples.GreeterVerticle"));
        words.addAll(List.of("-conf", "../../conf/nats.json", "--server_name=" + name));
        words.addAll(List.of("--server_address=127.0.0.1:0"));
        words.addAll(List.of(more));
        JavaProcess server = vertx(words.toArray(String[]::new));
        server.await("Registering node: " + name + "-");
        return server;
    }

    private GoProcess goGreeter(String name) {
        return go("serve", name, "--server_address=127.0.0.1:0", "--broker_address=127.0.0.1:0");
    }

    private static JsonObject answer(ChildProcess asked, String key) {
        try (asked) {
            JsonObject answer = new JsonObject(asked.await("\"" + key + "\""));
            assertThat(asked.exitCode()).isZero();
            return answer;
        }
    }

    private Node onlyNode(String name) {
        List<ServiceInfo> found = result(registry.get(name));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).nodes()).hasSize(1);
        return found.get(0).nodes().get(0);
    }

    @Test
    void goFindsListsWatchesAndCallsOurs() {
        try (GoProcess watch = go("watch", "-")) {
            watch.await("\"watching\"");
            try (JavaProcess server = greeter("greeter")) {
                Node node = onlyNode("greeter");
                assertThat(watch.await(node.id())).contains("\"create\"").contains("\"service\":\"greeter\"");
                JsonObject service = answer(go("get", "greeter"), "found")
                        .getJsonArray("found")
                        .getJsonObject(0);
                assertThat(service.getString("version")).isEqualTo("1.0.0");
                assertThat(service.getJsonArray("endpoints").encode()).contains("Greeter.Hello");
                assertThat(service.getJsonArray("nodes")).hasSize(1);
                JsonObject theirs = service.getJsonArray("nodes").getJsonObject(0);
                assertThat(theirs.getString("id")).isEqualTo(node.id());
                assertThat(theirs.getString("address")).isEqualTo(node.address());
                assertThat(theirs.getJsonObject("metadata").getString("protocol"))
                        .isEqualTo("mucp");
                assertThat(answer(go("list", "-"), "services").getJsonArray("services"))
                        .contains("greeter");
                assertThat(answer(go("hello", "greeter"), "greeting").getString("greeting"))
                        .isEqualTo("Hello Go");
                server.terminate();
            }
            watch.await("\"delete\"");
            assertThat(result(registry.get("greeter"))).isEmpty();
        }
    }

    @Test
    void weFindListWatchAndCallThoseOfGo() {
        RecordingWatcher one = RecordingWatcher.of("go.greeter");
        result(registry.watch("go.greeter", one));
        RecordingWatcher all = RecordingWatcher.of("go.greeter");
        result(registry.watch(all));
        try (GoProcess server = goGreeter("go.greeter")) {
            JsonObject serving = new JsonObject(server.await("\"serving\""));
            RegistryChange created = one.next();
            assertThat(created.action()).isEqualTo(Action.CREATE);
            assertThat(all.next()).isEqualTo(created);
            Node node = onlyNode("go.greeter");
            assertThat(node.id()).isEqualTo(serving.getString("id"));
            assertThat(node.address()).isEqualTo(serving.getString("address"));
            assertThat(node.metadata()).containsEntry("protocol", "mucp").containsEntry("registry", "nats");
            assertThat(created.service().endpoints())
                    .anyMatch(endpoint -> endpoint.name().equals("Greeter.Hello"));
            assertThat(result(registry.list())).contains("go.greeter");
            try (JavaProcess call = vertx("call", "go.greeter", "Greeter.Hello", "{\"name\":\"davie\"}")) {
                call.await("Hello davie");
                assertThat(call.exitCode()).isZero();
            }
            server.endInput();
            assertThat(one.next().action()).isEqualTo(Action.DELETE);
        }
    }

    @Test
    void aKilledNodeOfGoIsMissedWhenItIsAskedForNext() {
        RecordingWatcher changes = RecordingWatcher.of("go.killed");
        result(registry.watch("go.killed", changes));
        try (GoProcess server = goGreeter("go.killed")) {
            server.await("\"serving\"");
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            server.close();
            long killed = System.nanoTime();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(REFRESH.plusSeconds(1));
        }
    }

    @Test
    void ourKilledNodeIsMissedWhenItsTimeHasPassed() {
        Duration ttl = Duration.ofSeconds(3);
        RecordingWatcher changes = RecordingWatcher.of("killed");
        result(registry.watch("killed", changes));
        try (JavaProcess server = greeter("killed", "--register_ttl=3", "--register_interval=1")) {
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            server.close();
            long killed = System.nanoTime();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(ttl.plusSeconds(1));
            assertThat(answer(go("get", "killed"), "found").getJsonArray("found"))
                    .isNullOrEmpty();
        }
    }
}
