package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistry;
import dev.vertxmicro.registry.zookeeper.ZookeeperRegistryOptions;
import dev.vertxmicro.testkit.program.ChildProcess;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of either side, by go-micro's own flags, through a real server of ZooKeeper. */
@Requires(Requirement.GO)
class ZookeeperWithGoTest {
    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final GoProgram go = GoProgram.build("interop/go-plugins");
    private List<AutoCloseable> open = List.of();
    private List<String> flags = List.of();
    private ZookeeperRegistry registry = ZookeeperRegistry.create(vertx, ZookeeperRegistryOptions.DEFAULTS);

    @BeforeEach
    void start() {
        ZooKeeperServer server = ZooKeeperServer.alone(directory);
        flags = List.of("--registry=zookeeper", "--registry_address=" + server.address());
        registry = ZookeeperRegistry.create(
                vertx, ZookeeperRegistryOptions.DEFAULTS.withAddresses(List.of(server.address())));
        open = List.of(() -> Await.result(vertx.close()), server);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private List<String> words(List<String> first, String... more) {
        return Stream.of(first.stream(), flags.stream(), Stream.of(more))
                .flatMap(part -> part)
                .toList();
    }

    private GoProcess go(String command, String name, String... more) {
        return go.start(words(List.of(command, name), more));
    }

    private JavaProcess ours(List<String> first, String... more) {
        return JavaProcess.start(
                "dev.vertxmicro.launcher.MicroLauncher", words(first, more).toArray(String[]::new));
    }

    private JavaProcess greeter(String... more) {
        return ours(List.of("run", "examples.GreeterVerticle", "-conf", "../../conf/zookeeper.json"), more);
    }

    /** Waits for one answer and for the end. */
    private static JsonObject answer(ChildProcess asked, String key) {
        try (asked) {
            JsonObject answer = new JsonObject(asked.await("\"" + key + "\""));
            assertThat(asked.exitCode()).isZero();
            return answer;
        }
    }

    private Node onlyNode(String name) {
        return Await.result(registry.get(name)).get(0).nodes().get(0);
    }

    @Test
    void goFindsListsWatchesAndCallsOurs() {
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch("greeter", changes));
        try (GoProcess watch = go("watch", "-")) {
            watch.await("\"watching\"");
            try (JavaProcess server = greeter("--server_address=127.0.0.1:0")) {
                server.await("Registering node: greeter-");
                assertThat(changes.next().action()).isEqualTo(Action.CREATE);
                Node node = onlyNode("greeter");
                assertThat(watch.await(node.id())).contains("\"service\":\"greeter\"", "\"create\"");
                JsonObject service = answer(go("get", "greeter"), "found")
                        .getJsonArray("found")
                        .getJsonObject(0);
                assertThat(service.getString("version")).isEqualTo("1.0.0");
                assertThat(service.getJsonArray("endpoints").getJsonObject(0).getString("name"))
                        .isEqualTo("Greeter.Hello");
                assertThat(service.getJsonArray("nodes")).hasSize(1);
                assertThat(service.getJsonArray("nodes").getJsonObject(0).getString("address"))
                        .isEqualTo(node.address());
                assertThat(answer(go("list", "-"), "services").getJsonArray("services"))
                        .contains("greeter");
                assertThat(answer(go("hello", "greeter"), "greeting").getString("greeting"))
                        .isEqualTo("Hello Go");
                server.terminate();
                assertThat(watch.await(node.id())).contains("\"delete\"");
            }
            assertThat(Await.result(registry.get("greeter"))).isEmpty();
        }
    }

    @Test
    void weFindListWatchAndCallThoseOfGo() {
        RecordingWatcher changes = RecordingWatcher.of("go.greeter");
        Await.result(registry.watch("go.greeter", changes));
        try (GoProcess server =
                go("serve", "go.greeter", "--server_address=127.0.0.1:0", "--broker_address=127.0.0.1:0")) {
            JsonObject serving = new JsonObject(server.await("\"serving\""));
            RegistryChange created = changes.next();
            assertThat(created.action()).isEqualTo(Action.CREATE);
            Node node = onlyNode("go.greeter");
            assertThat(node.id()).isEqualTo(serving.getString("id"));
            assertThat(node.address()).isEqualTo(serving.getString("address"));
            assertThat(node.metadata()).containsEntry("registry", "zookeeper");
            assertThat(created.service().endpoints())
                    .anyMatch(endpoint -> endpoint.name().equals("Greeter.Hello"));
            assertThat(Await.result(registry.list())).contains("go.greeter");
            try (JavaProcess call = ours(List.of("call", "go.greeter", "Greeter.Hello", "{\"name\":\"davie\"}"))) {
                call.await("Hello davie");
                assertThat(call.exitCode()).isZero();
            }
            server.endInput();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        }
    }

    @Test
    void goSeesOurKilledNodeLeave() {
        RecordingWatcher changes = RecordingWatcher.of("killed");
        Await.result(registry.watch("killed", changes));
        try (GoProcess watch = go("watch", "-");
                JavaProcess server = greeter(
                        "--server_name=killed",
                        "--server_address=127.0.0.1:0",
                        "--register_ttl=3",
                        "--register_interval=1")) {
            server.await("Registering node: killed-");
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            Node node = onlyNode("killed");
            watch.await(node.id());
            server.close();
            long killed = System.nanoTime();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(4));
            assertThat(watch.await(node.id())).contains("\"delete\"");
        }
    }
}
