package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.launcher.VertxHome.Running;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.Value;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** services, describe and watch against an mDNS group on loopback of which only this test knows. */
class RegistryCommandsTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final ServiceInfo OLD = service("greeter", "1.0.0", "greeter-a", "greeter-b");
    private static final ServiceInfo NEW = service("greeter", "2.0.0", "greeter-c");

    private static Vertx vertx;
    private static Registry registry;
    private static String conf;

    @BeforeAll
    static void register() throws IOException {
        vertx = Vertx.vertx();
        JsonObject descriptor;
        try (DatagramSocket free = new DatagramSocket(0)) {
            descriptor = descriptor("239.255.77.3:" + free.getLocalPort(), "lo");
        }
        conf = descriptor.encode();
        registry = ServiceDescriptor.parse(descriptor).registry().apply(vertx);
        Await.result(registry.register(OLD, TTL));
        Await.result(registry.register(NEW, TTL));
        Await.result(registry.register(service("student_service", "latest", "student_service-a"), TTL));
    }

    @AfterAll
    static void leave() {
        Await.result(registry.close());
        Await.result(vertx.close());
    }

    private static JsonObject descriptor(String group, String networkInterface) {
        JsonObject mdns =
                new JsonObject().put("address", group).put("interfaces", new JsonArray().add(networkInterface));
        return new JsonObject()
                .put("registry", new JsonObject().put("type", "mdns").put("mdns", mdns));
    }

    private static ServiceInfo service(String name, String version, String... nodes) {
        Value request = new Value("HelloRequest", "HelloRequest", List.of(new Value("name", "string", List.of())));
        Value place = new Value("place", "Place", List.of(new Value("towns", "[]string", List.of())));
        Value response =
                new Value("HelloResponse", "HelloResponse", List.of(new Value("greeting", "string", List.of()), place));
        return new ServiceInfo(
                name,
                version,
                Map.of(),
                List.of(
                        new EndpointInfo("Greeter.Hello", Optional.of(request), Optional.of(response), Map.of()),
                        new EndpointInfo(
                                "Greeter.Watch", Optional.empty(), Optional.empty(), Map.of("stream", "true"))),
                List.of(nodes).stream().map(RegistryCommandsTest::node).toList());
    }

    private static Node node(String id) {
        return new Node(id, "127.0.0.1:9001", Map.of("protocol", "mucp", "zone", "b"));
    }

    private static Result run(String... arguments) {
        return VERTX.run(VERTX.process(with(arguments)));
    }

    private static String[] with(String... arguments) {
        String[] all = List.of(arguments).toArray(new String[arguments.length + 2]);
        all[arguments.length] = "--conf";
        all[arguments.length + 1] = conf;
        return all;
    }

    @Test
    void listsServicesWithVersionsAndNodes() {
        assertThat(run("services"))
                .isEqualTo(new Result(
                        0,
                        """
                        greeter          1.0.0   2 nodes
                        greeter          2.0.0   1 node
                        student_service  latest  1 node
                        """,
                        ""));
        assertThat(run("services", "--names")).isEqualTo(new Result(0, "greeter\nstudent_service\n", ""));
        assertThat(run("services", "--json"))
                .isEqualTo(new Result(
                        0,
                        "{\"registry\":\"mdns\",\"services\":["
                                + "{\"name\":\"greeter\",\"versions\":[{\"version\":\"1.0.0\",\"nodes\":2},"
                                + "{\"version\":\"2.0.0\",\"nodes\":1}]},"
                                + "{\"name\":\"student_service\",\"versions\":[{\"version\":\"latest\",\"nodes\":1}]}]}\n",
                        ""));
        assertThat(run("services", "--names", "--json").out())
                .isEqualTo("{\"registry\":\"mdns\",\"services\":[{\"name\":\"greeter\"},"
                        + "{\"name\":\"student_service\"}]}\n");
    }

    @Test
    void describesVersionsNodesAndEndpoints() {
        String endpoints =
                """

                Endpoint: Greeter.Hello
                Request: {
                  name string
                }
                Response: {
                  greeting string
                  place Place {
                    towns []string
                  }
                }

                Endpoint: Greeter.Watch
                Metadata: stream=true
                Request: {}
                Response: {}
                """;
        String expected =
                """
                service  greeter

                version  1.0.0

                ID         Address         Metadata
                greeter-a  127.0.0.1:9001  protocol=mucp,zone=b
                greeter-b  127.0.0.1:9001  protocol=mucp,zone=b
                """
                        + endpoints
                        + """

                version  2.0.0

                ID         Address         Metadata
                greeter-c  127.0.0.1:9001  protocol=mucp,zone=b
                """
                        + endpoints;
        assertThat(run("describe", "greeter")).isEqualTo(new Result(0, expected, ""));
    }

    @Test
    void describesInGoMicrosJson() {
        Result json = run("describe", "greeter", "--json");
        assertThat(json.exitCode()).isZero();
        assertThat(json.out()).hasLineCount(1);
        assertThat(new JsonArray(json.out())
                        .stream()
                                .map(each -> ServiceJson.readService((JsonObject) each))
                                .toList())
                .containsExactly(OLD, NEW);
    }

    @Test
    void saysInOneLineWhatIsNotThere() {
        assertThat(run("describe", "greter"))
                .isEqualTo(new Result(1, "", "greter: not found (registry mdns; nearest known: greeter)\n"));
        assertThat(VERTX.run("describe", "x", "--registry=memory"))
                .isEqualTo(new Result(1, "", "x: not found (registry memory)\n"));
    }

    @Test
    void describesWhatCallsWouldGoToWhereTheSelectorFindsNodesElsewhere() {
        assertThat(VERTX.run("describe", "127.0.0.1:9001", "--selector=named", "--registry=memory"))
                .isEqualTo(new Result(
                        0,
                        """
                        service  127.0.0.1:9001
                        found by selector named, which calls go by

                        version  -

                        ID              Address         Metadata
                        127.0.0.1:9001  127.0.0.1:9001  protocol=mucp
                        """,
                        ""));
        Result noAddress = VERTX.run("describe", "greeter", "--selector=named");
        assertThat(noAddress.err()).startsWith("selector named: ").hasLineCount(1);
        assertThat(noAddress.exitCode()).isEqualTo(2);
    }

    @Test
    void saysWhatARegistryThatListsNothingCannotDo() {
        Result refused = VERTX.run(
                "describe",
                "greeter",
                "--ejected",
                "--selector=static",
                "--registry=dns",
                "--registry_address=127.0.0.1:1");
        assertThat(refused)
                .isEqualTo(new Result(
                        2,
                        "",
                        "registry dns: services cannot be listed, so nobody can be asked (expected: for --ejected a"
                                + " registry that lists services)\n"));
    }

    @Test
    void asksTheRegistryOfFlagsAndVariables() {
        ProcessBuilder variable = VERTX.process(with("services"));
        variable.environment().put("MICRO_REGISTRY", "memory");
        assertThat(VERTX.run(variable)).isEqualTo(new Result(0, "", ""));
        assertThat(VERTX.run("services", "--registry", "memory", "--json"))
                .isEqualTo(new Result(0, "{\"registry\":\"memory\",\"services\":[]}\n", ""));
    }

    @Test
    void saysInOneLineThatTheRegistryCannotBeReached() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0)) {
            String nowhere =
                    descriptor("239.255.77.3:" + taken.getLocalPort(), "lo").encode();
            for (String command : List.of("services --conf", "describe greeter --conf", "watch --conf")) {
                List<String> words = new ArrayList<>(List.of(command.split(" ")));
                words.add(nowhere);
                Result result = VERTX.run(words.toArray(new String[0]));
                assertThat(result.err()).startsWith("registry mdns: ").hasLineCount(1);
                assertThat(result.out()).isEmpty();
                assertThat(result.exitCode()).isEqualTo(1);
            }
        }
        assertThat(run("services", "--timeout=1ms"))
                .isEqualTo(new Result(1, "", "registry mdns: no answer within 1 ms\n"));
    }

    @Test
    void printsChangesAsTheyComeUntilTerminated() throws InterruptedException {
        ServiceInfo passing = service("passing", "1", "passing-a");
        try (Running text = VERTX.start(with("watch"));
                Running json = VERTX.start(with("watch", "passing", "--json"))) {
            text.await("watching all services (registry mdns), until Ctrl-C");
            json.await("watching passing (registry mdns), until Ctrl-C");
            Await.result(registry.register(service("other", "1", "other-a"), TTL));
            // On a busy machine what was there before may be heard late, and so be told.
            assertThat(text.await("  create  other")).isEqualTo("  1  other-a  127.0.0.1:9001");
            Await.result(registry.register(passing, TTL));
            assertThat(text.await("  create  passing")).isEqualTo("  1  passing-a  127.0.0.1:9001");
            Node moved = new Node("passing-a", "127.0.0.1:7777", Map.of());
            ServiceInfo changed = passing.withNodes(List.of(moved));
            Await.result(registry.register(changed, TTL));
            assertThat(text.await("  update  ")).isEqualTo("passing  1  passing-a  127.0.0.1:7777");
            Await.result(registry.deregister(changed));
            assertThat(text.await("  delete  ")).isEqualTo("passing  1  passing-a  127.0.0.1:7777");

            assertThat(json.await("\"action\":")).startsWith("\"create\",\"service\":{\"name\":\"passing\"");
            assertThat(json.await("\"action\":")).startsWith("\"update\"").contains("127.0.0.1:7777");
            assertThat(json.await("\"action\":")).startsWith("\"delete\"");
            text.terminate();
            assertThat(text.exitCode()).isEqualTo(143);
        } finally {
            Await.result(registry.deregister(service("other", "1", "other-a")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "describe | vertx describe: no service; see vertx describe --help",
                "services x | vertx services: unexpected argument \"x\"; see vertx services --help",
                "watch a b | vertx watch: unexpected argument \"b\"; see vertx watch --help",
                "services --jsn | --jsn: unknown flag (nearest known: --json); see vertx services --help",
                "watch --timeout=0 | --timeout: \"0\" (expected: > 0)",
                "services --registry=mdn | --registry: \"mdn\" (expected:",
            })
    void refusesABadCommandLine(String line, String message) {
        Result result = VERTX.run(line.split(" "));
        assertThat(result.err()).startsWith(message).hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(2);
    }
}
