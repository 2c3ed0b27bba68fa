package dev.vertxmicro.launcher.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import dev.vertxmicro.launcher.overlay.Overlay;
import dev.vertxmicro.verticle.BrokerVerticle;
import dev.vertxmicro.verticle.ClientVerticle;
import dev.vertxmicro.verticle.RegistryVerticle;
import dev.vertxmicro.verticle.ServerVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code vertx run} refuses before anything starts, in one line that names file, path, value and what was expected. */
class PlanTest {
    private static final List<Object> WRONG = Arrays.asList(
            null,
            true,
            1,
            -1,
            1.5,
            99_999_999_999L,
            "",
            "a b",
            new JsonArray(),
            new JsonArray().addNull(),
            new JsonArray().add(1),
            new JsonObject(),
            new JsonObject().putNull("a"));

    @TempDir
    Path directory;

    private Plan plan(String main) {
        return Plan.of(
                main,
                ConfigFile.NONE,
                new DeploymentOptions(),
                Overlay.of(Map.of(), Map.of()),
                getClass().getClassLoader());
    }

    private String refusal(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("topology.json"), text);
        LaunchException refused = catchThrowableOfType(LaunchException.class, () -> plan(file.toString()));
        assertThat(refused).as(text).isNotNull();
        assertThat(refused.exitCode()).isEqualTo(15);
        return String.valueOf(refused.getMessage()).replace(file.toString(), "FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "true", "1", "\"text\"", "", " ", "\uFEFF", "\uFEFFnull", "{", "{}x", "nul"})
    void refusesADocumentThatIsNoObject(String text) throws IOException {
        assertThat(refusal(text)).matches("FILE(:\\d+:\\d+)?: [^\\n]+ \\(expected: (a JSON object|\\{ ... })\\)");
    }

    @Test
    void refusesAKeyThatStandsThereTwice() throws IOException {
        assertThat(refusal("{\"verticles\":[],\n \"verticles\":[]}"))
                .isEqualTo("FILE:2:13: Duplicate field 'verticles' (expected: a JSON object)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "null ~ nulls.service.json: no JSON object (expected: { ... })",
                "{\"main\":null} ~ nulls.service.json: $.main: null (expected: a text; leave the key out for the default)",
                "{\"main\":\"x.Y\",\"options\":null} ~ nulls.service.json: $.options: null (expected: an object; leave the key out for the default)",
                "{\"main\":\"x.Y\",\"options\":{\"config\":null}} ~ nulls.service.json: $.options.config: null (expected: an object; leave the key out for the default)",
                "{\"main\":\"service:nulls\"} ~ nulls.service.json: $.main: service:nulls (expected: the class of a verticle, not another service)",
                "{} ~ nulls.service.json: $.main: missing (expected: the class of a verticle)"
            })
    void readsAServiceFileAsATopology(String text, String message) throws IOException {
        Files.writeString(directory.resolve("nulls.service.json"), text);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(catchThrowableOfType(
                            LaunchException.class,
                            () -> Plan.of(
                                    "service:nulls",
                                    ConfigFile.NONE,
                                    new DeploymentOptions(),
                                    Overlay.of(Map.of(), Map.of()),
                                    loader)))
                    .hasMessage(message);
            Promise<Callable<? extends Deployable>> made = Promise.promise();
            new ServiceVerticleFactory().createVerticle2("service:nulls", loader, made);
            assertThat(made.future().cause()).hasMessage(message);
        }
    }

    @Test
    void refusesAFileThatIsNotUtf8() throws IOException {
        Path file = Files.write(directory.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xfc, '"', '}'});
        assertThat(catchThrowableOfType(LaunchException.class, () -> plan(file.toString())))
                .hasMessage(file + ": not UTF-8 (expected: a JSON file in UTF-8)");
    }

    @Test
    void skipsAByteOrderMark() throws IOException {
        String text = "\uFEFF{\"verticles\":[{\"main\":\"" + ClientVerticle.class.getName() + "\"}]}";
        Path file = Files.writeString(directory.resolve("marked.json"), text);
        assertThat(plan(file.toString()).verticles()).hasSize(1);
        Path service = Files.writeString(directory.resolve("s.json"), "\uFEFF{\"service\":{\"name\":\"s\"}}");
        assertThat(ConfigFile.read(service.toString()).json().getJsonObject("service"))
                .isEqualTo(new JsonObject().put("name", "s"));
    }

    static Stream<String> keysOfATopology() {
        return Stream.of(
                "verticles",
                "verticles[0]",
                "verticles[0].main",
                "verticles[0].options",
                "verticles[0].options.config",
                "verticles[0].options.ha",
                "verticles[0].options.instances",
                "verticles[0].options.maxWorkerExecuteTime",
                "verticles[0].options.maxWorkerExecuteTimeUnit",
                "verticles[0].options.threadingModel",
                "verticles[0].options.workerPoolName",
                "verticles[0].options.workerPoolSize");
    }

    @ParameterizedTest
    @MethodSource("keysOfATopology")
    void takesOrRefusesInOneLineWhateverStandsInATopology(String key) throws IOException {
        for (Object value : WRONG) {
            JsonObject verticle = new JsonObject().put("main", ClientVerticle.class.getName());
            JsonObject root = new JsonObject().put("verticles", new JsonArray().add(verticle));
            String last = key.substring(key.lastIndexOf('.') + 1);
            if (key.equals("verticles")) {
                root.put(key, value);
            } else if (key.equals("verticles[0]")) {
                root.put("verticles", new JsonArray().add(value));
            } else if (key.contains("options.")) {
                verticle.put("options", new JsonObject().put(last, value));
            } else {
                verticle.put(last, value);
            }
            Path file = Files.writeString(directory.resolve("t.json"), root.encode());
            try {
                assertThat(plan(file.toString()).verticles()).hasSize(1);
            } catch (LaunchException e) {
                assertThat(e.getMessage())
                        .startsWith(file + ": $." + (value instanceof JsonArray ? "verticles" : key))
                        .matches("[^\\n]+ \\((expected|known|nearest known): [^\\n]+\\)");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "main ~ null ~ FILE: $.verticles[0].main: null (expected: a text; leave the key out for the default)",
                "main ~ \"x.Nope\" ~ FILE: $.verticles[0].main: x.Nope: no such verticle (expected: a class on the"
                        + " class path; add a jar or directory with -cp)",
                "options ~ {\"instances\":0} ~ FILE: $.verticles[0].options.instances: 0 (expected: >= 1)",
                "options ~ {\"instances\":\"2\"} ~ FILE: $.verticles[0].options.instances: \"2\" (expected: a whole"
                        + " number)",
                "options ~ {\"threadingModel\":\"WORKERS\"} ~ FILE: $.verticles[0].options.threadingModel: \"WORKERS\""
                        + " (expected: EVENT_LOOP | VIRTUAL_THREAD | WORKER; nearest known: WORKER)",
                "option ~ {} ~ FILE: $.verticles[0].option: unknown key (nearest known: options)",
                "options ~ {\"config\":{\"server\":{\"address\":\"localhost:99999\"}}} ~ FILE:"
                        + " $.verticles[0].options.config.server.address: localhost:99999 (expected: host:port, port 0 to"
                        + " 65535)",
                "options ~ {\"config\":{\"server\":{\"advertise\":\"here\"}}} ~ FILE:"
                        + " $.verticles[0].options.config.server.advertise: here (expected: host:port, port 1 to 65535)",
                "options ~ {\"config\":{\"health\":{\"address\":\":x\"}}} ~ FILE:"
                        + " $.verticles[0].options.config.health.address: :x (expected: host:port, port 0 to 65535)"
            })
    void saysWhereItIsWrong(String key, String value, String message) throws IOException {
        String main = key.equals("main") ? "" : "\"main\":\"" + ClientVerticle.class.getName() + "\",";
        assertThat(refusal("{\"verticles\":[{" + main + "\"" + key + "\":" + value + "}]}"))
                .isEqualTo(message);
    }

    private String refused(Class<?> verticle, String config) throws IOException {
        return refusal("{\"verticles\":[{\"main\":\"" + verticle.getName() + "\",\"options\":{\"config\":" + config
                        + "}}]}")
                .replace("FILE: $.verticles[0].options.config", "$");
    }

    @Test
    void asksEachVerticleForWhatItNeeds() throws IOException {
        assertThat(refused(ServerVerticle.class, "{}"))
                .isEqualTo("$.server.endpoints: none (expected: the endpoints to forward, such as \"Greeter.Hello\")");
        assertThat(refused(ServerVerticle.class, "{\"server\":{\"endpoints\":[\"A.B\",\"hello\"]}}"))
                .isEqualTo("$.server.endpoints[1]: \"hello\" (expected: Service.Method)");
        assertThat(refused(RegistryVerticle.class, "{\"registry\":{\"type\":\"eventbus\"}}"))
                .isEqualTo("$.registry.type: \"eventbus\" (expected: a registry that this verticle can own, such as"
                        + " mdns)");
        assertThat(refused(BrokerVerticle.class, "{\"broker\":{\"type\":\"eventbus\"}}"))
                .isEqualTo(
                        "$.broker.type: \"eventbus\" (expected: a broker that this verticle can own, such as memory)");
        for (Class<?> each : List.of(ClientVerticle.class, RegistryVerticle.class, BrokerVerticle.class)) {
            assertThat(refused(each, "{\"registry\":null}")).startsWith("$.registry: null (expected: an object");
            assertThat(refused(each, "{\"rigistry\":{}}")).contains("nearest known: registry");
        }
    }

    @Test
    void laysFlagsOverTheDescriptorOfAVerticleThatIsRunAlone() throws IOException {
        Overlay overlay = Overlay.of(Map.of("registry", List.of("consul")), Map.of());
        String main = RegistryVerticle.class.getName();
        Path file = Files.writeString(directory.resolve("t.json"), "{\"verticles\":[{\"main\":\"" + main + "\"}]}");
        ClassLoader loader = getClass().getClassLoader();
        Plan alone = Plan.of(main, ConfigFile.NONE, new DeploymentOptions(), overlay, loader);
        assertThat(alone.verticles().get(0).options().getConfig().encode())
                .isEqualTo("{\"registry\":{\"type\":\"consul\"}}");
        Plan topology = Plan.of(file.toString(), ConfigFile.NONE, new DeploymentOptions(), overlay, loader);
        assertThat(topology.verticles().get(0).options().getConfig()).isEmpty();
    }

    @Test
    void refusesVirtualThreadsWhereThereAreNone() throws IOException {
        if (Runtime.version().feature() < 21) {
            String java = " on Java " + Runtime.version().feature() + " (expected: Java 21 or newer, or ";
            assertThat(refused(ClientVerticle.class, "{\"server\":{\"threading\":\"virtual\"}}"))
                    .isEqualTo("$.server.threading: \"virtual\"" + java + "worker)");
            assertThat(refusal("{\"verticles\":[{\"main\":\"" + ClientVerticle.class.getName()
                            + "\",\"options\":{\"threadingModel\":\"VIRTUAL_THREAD\"}}]}"))
                    .isEqualTo("FILE: $.verticles[0].options.threadingModel: \"VIRTUAL_THREAD\"" + java + "WORKER)");
        } else {
            assertThat(refused(ClientVerticle.class, "{\"server\":{\"threading\":\"virtuel\"}}"))
                    .contains("virtual");
        }
    }

    /** Has no constructor without parameters. */
    public static final class Parametrised extends VerticleBase {
        public Parametrised(String name) {
            assertThat(name).isEmpty();
        }
    }

    static final class Hidden extends VerticleBase {}

    public abstract static class Unfinished extends VerticleBase {}

    @ParameterizedTest
    @ValueSource(classes = {Parametrised.class, Hidden.class, Unfinished.class})
    void saysWhatAVerticleThatCannotBeMadeLacks(Class<?> type) {
        assertThat(catchThrowableOfType(LaunchException.class, () -> plan(type.getName())))
                .hasMessage(type.getName() + ": cannot be made (expected: a public class, not abstract, with a public"
                        + " constructor without parameters; settings come from -conf)");
    }

    private static final String NODES =
            """
            {
              "verticles": [{"main": "dev.vertxmicro.verticle.ClientVerticle"}],
              "nodes": {
                "edge": {"verticles": [{"main": "dev.vertxmicro.verticle.RegistryVerticle"}]},
                "work": {"verticles": [{"main": "of.AnotherMachine", "options": {"instances": 2}}]}
              }
            }
            """;

    private Plan node(String text, String name) throws IOException {
        Path file = Files.writeString(directory.resolve("topology.json"), text);
        return Plan.of(
                file.toString(),
                Optional.of(name).filter(each -> !each.isEmpty()),
                ConfigFile.NONE,
                new DeploymentOptions(),
                Overlay.of(Map.of(), Map.of()),
                getClass().getClassLoader());
    }

    private String refusalOf(String text, String name) {
        LaunchException refused = catchThrowableOfType(LaunchException.class, () -> node(text, name));
        return String.valueOf(refused.getMessage())
                .replace(directory.resolve("topology.json").toString(), "FILE");
    }

    @Test
    void takesTheVerticlesOfOneNodeAndThoseOfAll() throws IOException {
        assertThat(node(NODES, "edge").verticles())
                .extracting(Plan.Item::name)
                .containsExactly("dev.vertxmicro.verticle.ClientVerticle", "dev.vertxmicro.verticle.RegistryVerticle");
    }

    @Test
    void mustKnowWhichNodeItIs() {
        assertThat(refusalOf(NODES, "")).isEqualTo("--node: missing (expected: one of the nodes of FILE: edge, work)");
        assertThat(refusalOf(NODES, "egde"))
                .isEqualTo("--node: \"egde\" (expected: a node of FILE; nearest known: edge)");
        assertThat(refusalOf("{\"verticles\": [{\"main\": \"x.Y\"}]}", "edge"))
                .isEqualTo("--node: edge (expected: none; FILE has no nodes)");
    }

    @Test
    void looksAtWhatOtherNodesRun() {
        assertThat(refusalOf(NODES.replace("\"instances\": 2", "\"instances\": 0"), "edge"))
                .isEqualTo("FILE: $.nodes.work.verticles[0].options.instances: 0 (expected: >= 1)");
        assertThat(refusalOf(NODES.replace("\"options\"", "\"option\""), "edge"))
                .startsWith("FILE: $.nodes.work.verticles[0].option: unknown key");
        assertThat(refusalOf(NODES.replace("of.AnotherMachine", "not.Here"), "work"))
                .startsWith("FILE: $.nodes.work.verticles[0].main: not.Here: no such verticle");
        assertThat(refusalOf("{\"nodes\": {\"edge\": {}}}", "edge")).startsWith("FILE: $.nodes.edge.verticles: none");
    }

    @Test
    void showsWhatHoldsAndNothingSecret() throws IOException {
        JsonObject shown = node(
                        """
                        {"verticles": [{"main": "dev.vertxmicro.verticle.ClientVerticle", "options": {"config": {
                          "client": {"retries": 3}, "app": {"dbPassword": "hidden", "url": "http://me:hidden@there/"}}}}]}
                        """,
                        "")
                .effective(Optional.of("127.0.0.1"));
        JsonObject options = shown.getJsonArray("verticles").getJsonObject(0).getJsonObject("options");
        JsonObject config = options.getJsonObject("config");
        assertThat(options.getInteger("instances")).isEqualTo(1);
        assertThat(config.getJsonObject("client").getInteger("retries")).isEqualTo(3);
        assertThat(config.getJsonObject("client").getString("requestTimeout")).isEqualTo("5s");
        assertThat(config.getJsonObject("server").getString("address")).isEqualTo("127.0.0.1:0");
        assertThat(config.getJsonObject("server").containsKey("id"))
                .as("made up at each start")
                .isFalse();
        assertThat(config.getJsonObject("app").getString("dbPassword")).isEqualTo("***");
        assertThat(shown.encode()).doesNotContain("hidden");
    }
}
