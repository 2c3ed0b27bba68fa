package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.ChildProcess;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Services of either side in the lists, look-ups and watches of the other. */
@Requires({Requirement.GO, Requirement.NETWORK})
class MdnsWithGoTest {
    private static final NetworkNamespace NETWORK = NetworkNamespace.create().withMulticast();
    private static final Pattern GREETER = Pattern.compile("greeter-[0-9a-f-]{36}");

    @AfterAll
    static void leave() {
        NETWORK.close();
    }

    private static JavaProcess greeter(String... flags) {
        String[] arguments = new String[flags.length + 4];
        System.arraycopy(
                new String[] {"run", "examples.GreeterVerticle", "-conf", "../../conf/greeter.json"},
                0,
                arguments,
                0,
                4);
        System.arraycopy(flags, 0, arguments, 4, flags.length);
        return JavaProcess.start(NETWORK, "dev.vertxmicro.launcher.MicroLauncher", arguments);
    }

    private static JavaProcess registry(String... arguments) {
        return JavaProcess.start(NETWORK, RegistryProgram.class.getName(), arguments);
    }

    /** Waits for one answer and for the end. */
    private static JsonObject answer(ChildProcess asked, String key) {
        try (asked) {
            JsonObject answer = new JsonObject(asked.await("\"" + key + "\""));
            assertThat(asked.exitCode()).isZero();
            return answer;
        }
    }

    private static String nodeId(String line) {
        java.util.regex.Matcher matcher = GREETER.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group();
    }

    private static JsonObject onlyNode(JsonObject answer) {
        JsonArray services = answer.getJsonArray("found");
        assertThat(services).hasSize(1);
        JsonArray nodes = services.getJsonObject(0).getJsonArray("nodes");
        assertThat(nodes).hasSize(1);
        return nodes.getJsonObject(0);
    }

    @Test
    void goListsFindsAndWatchesOurs() {
        try (GoProcess watch = Programs.GO.start(NETWORK, "watch")) {
            watch.await("\"watching\"");
            try (JavaProcess server = greeter()) {
                String id = nodeId(server.await("Registering node: greeter-"));
                assertThat(watch.await(id)).contains("\"action\":\"create\"").contains("\"name\":\"greeter\"");
                assertThat(answer(Programs.GO.start(NETWORK, "list"), "services")
                                .getJsonArray("services"))
                        .contains("greeter");
                JsonObject found = answer(Programs.GO.start(NETWORK, "get", "greeter"), "found");
                JsonObject service = found.getJsonArray("found").getJsonObject(0);
                assertThat(service.getString("version")).isEqualTo("1.0.0");
                assertThat(service.getJsonArray("endpoints").getJsonObject(0).getString("name"))
                        .isEqualTo("Greeter.Hello");
                JsonObject node = onlyNode(found);
                assertThat(node.getString("id")).isEqualTo(id);
                assertThat(node.getString("address")).matches("127\\.0\\.0\\.1:[1-9][0-9]*");
                assertThat(node.getJsonObject("metadata").getString("protocol")).isEqualTo("mucp");
                server.terminate();
                assertThat(watch.await("\"delete\"")).contains(id);
            }
            assertThat(answer(Programs.GO.start(NETWORK, "list"), "services").getJsonArray("services"))
                    .doesNotContain("greeter");
        }
    }

    @Test
    void weListFindAndWatchThoseOfGo() {
        try (JavaProcess watch = registry("watch")) {
            watch.await("\"watching\"");
            try (GoProcess server = Programs.GO.start(NETWORK, "serve", "-service", "go.peer")) {
                JsonObject serving = new JsonObject(server.await("\"serving\""));
                assertThat(watch.await(serving.getString("id")))
                        .contains("\"action\":\"create\"")
                        .contains("\"name\":\"go.peer\"");
                assertThat(answer(registry("list"), "services").getJsonArray("services"))
                        .contains("go.peer");
                JsonObject node = onlyNode(answer(registry("get", "go.peer"), "found"));
                assertThat(node.getString("id")).isEqualTo(serving.getString("id"));
                assertThat(node.getString("address")).isEqualTo(serving.getString("address"));
                assertThat(node.getJsonObject("metadata").getString("protocol")).isEqualTo("mucp");
                server.endInput();
                assertThat(watch.await("\"delete\"")).contains(serving.getString("id"));
            }
            assertThat(answer(registry("list"), "services").getJsonArray("services"))
                    .doesNotContain("go.peer");
        }
    }

    @Test
    void ourKilledNodeIsForgottenWhenItsTimeHasPassed() {
        Duration ttl = Duration.ofSeconds(2);
        try (JavaProcess watch = registry("watch")) {
            watch.await("\"watching\"");
            try (JavaProcess server = greeter("--register_ttl=2", "--register_interval=1")) {
                String id = nodeId(server.await("Registering node: greeter-"));
                watch.await(id);
                server.close();
                long killed = System.nanoTime();
                assertThat(answer(Programs.GO.start(NETWORK, "get", "greeter"), "found")
                                .getJsonArray("found"))
                        .as("what Go finds")
                        .isNullOrEmpty();
                assertThat(watch.await("\"delete\"")).contains(id);
                assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(ttl.plusSeconds(1));
            }
        }
    }
}
