package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.ChildProcess;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Services of either side, by go-micro's own flags, through a registry that both know. */
abstract class RegistryWithGo {
    private static final String LAUNCHER = "dev.vertxmicro.launcher.MicroLauncher";

    private final GoProgram go = GoProgram.build("interop/go-plugins");

    /** Names the type of the registry, on both sides. */
    protected abstract String type();

    /** Gives the address of its server. */
    protected abstract String address();

    /** Gives our end of it. */
    protected abstract Registry registry();

    /** Has Go look for a service of which no node is left. */
    protected abstract void goFindsNone(GoProcess get);

    private List<String> words(List<String> first, String... more) {
        List<String> flags = List.of("--registry=" + type(), "--registry_address=" + address());
        return Stream.of(first.stream(), flags.stream(), Stream.of(more))
                .flatMap(part -> part)
                .toList();
    }

    private GoProcess go(String command, String name, String... more) {
        return go.start(words(List.of(command, name), more));
    }

    private GoProcess goServer(String name) {
        return go("serve", name, "--server_address=127.0.0.1:0", "--broker_address=127.0.0.1:0");
    }

    private JavaProcess greeter(String descriptor, String... more) {
        return vertx(words(List.of("run", "examples.GreeterVerticle", "-conf", descriptor), more));
    }

    private static JavaProcess vertx(List<String> arguments) {
        return JavaProcess.start(LAUNCHER, arguments.toArray(String[]::new));
    }

    /** Waits for one answer and for the end. */
    static JsonObject answer(ChildProcess asked, String key) {
        try (asked) {
            JsonObject answer = new JsonObject(asked.await("\"" + key + "\""));
            assertThat(asked.exitCode()).isZero();
            return answer;
        }
    }

    private Node onlyNode(String name) {
        List<ServiceInfo> found = Await.result(registry().get(name));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).nodes()).hasSize(1);
        return found.get(0).nodes().get(0);
    }

    @Test
    void goFindsListsWatchesAndCallsOurs() {
        try (GoProcess watch = go("watch", "-")) {
            watch.await("\"watching\"");
            try (JavaProcess server = greeter("../../conf/" + type() + ".json", "--server_address=127.0.0.1:0")) {
                server.await("Registering node: greeter-");
                JsonObject found = answer(go("get", "greeter"), "found");
                Node node = onlyNode("greeter");
                assertThat(watch.await(node.id())).contains("\"service\":\"greeter\"");
                JsonObject service = found.getJsonArray("found").getJsonObject(0);
                assertThat(service.getString("version")).isEqualTo("1.0.0");
                assertThat(service.getJsonArray("endpoints").getJsonObject(0).getString("name"))
                        .isEqualTo("Greeter.Hello");
                JsonArray nodes = service.getJsonArray("nodes");
                assertThat(nodes).hasSize(1);
                assertThat(nodes.getJsonObject(0).getString("id")).isEqualTo(node.id());
                assertThat(nodes.getJsonObject(0).getString("address")).isEqualTo(node.address());
                assertThat(nodes.getJsonObject(0).getJsonObject("metadata").getString("protocol"))
                        .isEqualTo("mucp");
                assertThat(answer(go("list", "-"), "services").getJsonArray("services"))
                        .contains("greeter");
                assertThat(answer(go("hello", "greeter"), "greeting").getString("greeting"))
                        .isEqualTo("Hello Go");
                server.terminate();
            }
            assertThat(Await.result(registry().get("greeter"))).isEmpty();
        }
    }

    @Test
    void weFindListWatchAndCallThoseOfGo() {
        RecordingWatcher changes = RecordingWatcher.of("go.greeter");
        Await.result(registry().watch("go.greeter", changes));
        RecordingWatcher all = RecordingWatcher.of("go.greeter");
        Await.result(registry().watch(all));
        try (GoProcess server = goServer("go.greeter")) {
            JsonObject serving = new JsonObject(server.await("\"serving\""));
            RegistryChange created = changes.next();
            assertThat(created.action()).isEqualTo(Action.CREATE);
            assertThat(all.next()).isEqualTo(created);
            Node node = onlyNode("go.greeter");
            assertThat(node.id()).isEqualTo(serving.getString("id"));
            assertThat(node.address()).isEqualTo(serving.getString("address"));
            assertThat(node.metadata()).containsEntry("protocol", "mucp").containsEntry("registry", type());
            assertThat(created.service().version()).isEqualTo("1.0.0");
            assertThat(created.service().endpoints())
                    .anyMatch(endpoint -> endpoint.name().equals("Greeter.Hello"));
            assertThat(Await.result(registry().list())).contains("go.greeter");
            List<String> hello = List.of("call", "go.greeter", "Greeter.Hello", "{\"name\":\"davie\"}");
            try (JavaProcess call = vertx(words(hello))) {
                call.await("Hello davie");
                assertThat(call.exitCode()).isZero();
            }
            server.endInput();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        }
    }

    @Test
    void ourKilledNodeIsForgottenWhenItsTimeHasPassed() {
        Duration ttl = Duration.ofSeconds(3);
        RecordingWatcher changes = RecordingWatcher.of("killed");
        Await.result(registry().watch("killed", changes));
        try (JavaProcess server = greeter(
                "../../conf/greeter.json",
                "--server_name=killed",
                "--server_address=127.0.0.1:0",
                "--register_ttl=3",
                "--register_interval=1")) {
            server.await("Registering node: killed-");
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            server.close();
            long killed = System.nanoTime();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(ttl.plusSeconds(1));
            goFindsNone(go("get", "killed"));
        }
    }
}
