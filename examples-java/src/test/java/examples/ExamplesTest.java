package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.NetworkNamespace;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.program.ShellProcess;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples as their users do, each side in a JVM of its own; they find each other by mDNS. */
@Requires(Requirement.NETWORK)
class ExamplesTest {
    private static final NetworkNamespace NETWORK = NetworkNamespace.create();

    @AfterAll
    static void leave() {
        NETWORK.close();
    }

    private static JavaProcess run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "run";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return vertx(all);
    }

    private static JavaProcess vertx(String... arguments) {
        return JavaProcess.start(NETWORK, "dev.vertxmicro.launcher.MicroLauncher", arguments);
    }

    @Test
    void greeterGreetsAndLeavesWhenTerminated() {
        try (JavaProcess server = run("examples.GreeterVerticle", "-conf", "../conf/greeter.json")) {
            server.await("Registering node: greeter-");
            try (JavaProcess client = JavaProcess.start(NETWORK, GreeterClient.class.getName(), "服务")) {
                client.await("Hello 服务");
                assertThat(client.exitCode()).isZero();
            }
            String codecs = CodecClient.class.getName();
            try (JavaProcess client = JavaProcess.start(NETWORK, codecs, "../conf/json-client.json", "服务")) {
                client.await("Hello 服务");
                client.await("Hello 服务");
                assertThat(client.exitCode()).isZero();
            }
            String steady = SteadyClient.class.getName();
            try (JavaProcess client = JavaProcess.start(NETWORK, steady, "../conf/steady-client.json", "davie")) {
                client.await("Hello davie");
                client.await("Hello davie");
                assertThat(client.exitCode()).isZero();
            }
            assertThat(server.terminate()).isIn(0, 143);
        }
        try (JavaProcess client = JavaProcess.start(NETWORK, GreeterClient.class.getName())) {
            client.await("error selecting greeter node: not found");
            assertThat(client.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void loggedGreeterWritesJsonWithTheIdsOfItsCalls() {
        try (JavaProcess server = run("examples.LoggedVerticle", "-conf", "../conf/wrapper-logging.json")) {
            server.await("Registering node: greeter-");
            try (JavaProcess client = JavaProcess.start(NETWORK, GreeterClient.class.getName(), "davie")) {
                client.await("Hello davie");
            }
            assertThat(server.await("\"message\":\"greeting davie\"")).contains("\"trace_id\":\"");
        }
    }

    @Test
    void guardedGreeterKnowsWhoCalls(@TempDir Path directory) throws IOException {
        String secret = "a secret that is as long as a hash";
        JsonObject descriptor = new JsonObject(Files.readString(Path.of("../conf/greeter.json")))
                .put("app", new JsonObject().put("secret", secret));
        descriptor.remove("$schema");
        Path file = Files.writeString(directory.resolve("guarded.json"), descriptor.encode());
        try (JavaProcess server = run("examples.GuardedVerticle", "-conf", file.toString())) {
            server.await("Registering node: greeter-");
            String token = token(secret, "davie");
            try (JavaProcess client = JavaProcess.start(NETWORK, TokenClient.class.getName(), token, "John")) {
                client.await("Hello John, says davie");
                assertThat(client.exitCode()).isZero();
            }
            String forged = token(secret + "!", "davie");
            try (JavaProcess client = JavaProcess.start(NETWORK, TokenClient.class.getName(), forged)) {
                client.await("\"code\":401,\"detail\":\"invalid_token: not accepted\"");
                assertThat(client.exitCode()).isEqualTo(1);
            }
            try (JavaProcess client = JavaProcess.start(NETWORK, GreeterClient.class.getName())) {
                client.await("\"code\":401,\"detail\":\"no credentials\"");
            }
            server.terminate();
        }
    }

    /** As an issuer makes one. */
    private static String token(String secret, String name) {
        PubSecKeyOptions key = new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(secret);
        Vertx vertx = Vertx.vertx();
        try {
            return JWTAuth.create(vertx, new JWTAuthOptions().addPubSecKey(key))
                    .generateToken(
                            new JsonObject().put("sub", name),
                            new JWTOptions().addAudience("greeter").setExpiresInSeconds(600));
        } finally {
            vertx.close();
        }
    }

    @Test
    void tracedGreeterGoesOnWithTheTraceOfItsCaller() {
        try (JavaProcess server = run("examples.TracedVerticle", "-conf", "../conf/tracing.json")) {
            server.await("Registering node: greeter-");
            try (JavaProcess call = vertx("call", "greeter", "Greeter.Hello", "{\"name\": \"davie\"}", "--trace")) {
                String trace = call.await("trace: ");
                call.await("Hello davie");
                server.await(trace);
            }
            assertThat(server.terminate()).isIn(0, 143);
        }
    }

    @Test
    void greeterIsSeenAndCalledByNameWithoutTheToolkitsClient() {
        try (JavaProcess watch = vertx("watch", "greeter")) {
            watch.await("watching greeter");
            seenAndCalled();
            watch.await("  create  greeter  1.0.0  greeter-");
            watch.await("  delete  greeter  1.0.0  greeter-");
            assertThat(watch.terminate()).isEqualTo(143);
        }
        try (JavaProcess client = JavaProcess.start(NETWORK, PlainClient.class.getName())) {
            client.await("error selecting greeter node: not found");
            assertThat(client.exitCode()).isEqualTo(1);
        }
    }

    private static void seenAndCalled() {
        try (JavaProcess server = run("examples.GreeterVerticle", "-conf", "../conf/greeter.json")) {
            server.await("Registering node: greeter-");
            try (JavaProcess client = JavaProcess.start(NETWORK, PlainClient.class.getName(), "plain")) {
                client.await("Hello plain");
                assertThat(client.exitCode()).isZero();
            }
            try (JavaProcess client = JavaProcess.start(NETWORK, PlainDiscovery.class.getName(), "record")) {
                client.await("Hello record");
                assertThat(client.exitCode()).isZero();
            }
            try (JavaProcess choice = JavaProcess.start(NETWORK, RegistryChoice.class.getName(), "mdns")) {
                choice.await("mdns: greeter");
            }
            try (JavaProcess services = vertx("services")) {
                services.await("greeter  1.0.0  1 node");
            }
            try (JavaProcess describe = vertx("describe", "greeter")) {
                describe.await("Endpoint: Greeter.Hello");
                describe.await("  greeting string");
            }
            server.terminate();
        }
    }

    @Requires(Requirement.CONSUL)
    @Test
    void consulIsChosenInCodeAndByFlags(@TempDir Path directory) {
        String vertx = "dev.vertxmicro.launcher.MicroLauncher";
        String[] seen = {"services", "--registry=consul", ""};
        try (ConsulAgent agent = ConsulAgent.dev(directory)) {
            String[] serve = {"run", "examples.GreeterVerticle", "--server_name=greeter", "--registry=consul", "", ""};
            serve[4] = "--registry_address=" + agent.address();
            serve[5] = "--server_address=127.0.0.1:0";
            seen[2] = serve[4];
            try (JavaProcess server = JavaProcess.start(vertx, serve)) {
                server.await("Registering node: greeter-");
                try (JavaProcess choice =
                        JavaProcess.start(RegistryChoice.class.getName(), "consul", agent.address())) {
                    assertThat(choice.await("consul: ")).contains("greeter");
                }
                try (JavaProcess services = JavaProcess.start(vertx, seen)) {
                    services.await("greeter  latest  1 node");
                    assertThat(services.exitCode()).isZero();
                }
                server.terminate();
            }
        }
        try (JavaProcess services = JavaProcess.start(vertx, seen)) {
            services.await("registry consul: ");
            assertThat(services.exitCode()).isEqualTo(1);
            assertThat(services.lines()).isEmpty();
        }
    }

    @Test
    void studentServiceFindsStudentsAndSaysWhomItDoesNotKnow() {
        try (JavaProcess server = run("examples.StudentVerticle", "-conf", "../conf/student.json")) {
            server.await("Registering node: student_service-");
            try (JavaProcess client = JavaProcess.start(NETWORK, StudentClient.class.getName(), "davie")) {
                client.await("classes: \"Software Engineering Major\"");
                client.await("grade: 80");
                client.await("phone: \"12345678901\"");
            }
            try (JavaProcess client = JavaProcess.start(NETWORK, StudentClient.class.getName(), "nobody")) {
                client.await("{\"id\":\"student_service\",\"code\":404,\"detail\":\"no student nobody\","
                        + "\"status\":\"Not Found\"}");
            }
            server.terminate();
        }
    }

    @Test
    void weatherIsStreamedEachWay() {
        try (JavaProcess server = run("examples.WeatherVerticle", "-conf", "../conf/weather.json")) {
            server.await("Registering node: weather-");
            try (JavaProcess client = JavaProcess.start(NETWORK, WeatherClient.class.getName())) {
                client.await("Jena: 20.0 °C");
                client.await("Jena: 22.0 °C");
                client.await("3 readings, mean 21.0 °C");
                client.await("record: 18.0 °C");
                client.await("record: 25.0 °C");
                assertThat(client.exitCode()).isZero();
            }
            server.terminate();
        }
    }

    @Test
    void nobodyServingIsTheErrorThatGoMicroUsersKnow() {
        try (JavaProcess client = JavaProcess.start(NETWORK, StudentClient.class.getName())) {
            client.await(
                    "{\"id\":\"go.micro.client\",\"code\":500,\"detail\":\"error selecting student_service node: not"
                            + " found\",\"status\":\"Internal Server Error\"}");
        }
    }

    @Test
    void greeterIsFoundAndCalledByStandardDnsSd() {
        try (JavaProcess server = run("examples.GreeterVerticle", "-conf", "../conf/dns-sd.json")) {
            server.await("Registering node: greeter-");
            try (JavaProcess client = JavaProcess.start(
                    NETWORK,
                    "dev.vertxmicro.launcher.MicroLauncher",
                    "call",
                    "greeter",
                    "Greeter.Hello",
                    "{\"name\":\"davie\"}",
                    "--registry=dns-sd")) {
                client.await("Hello davie");
                assertThat(client.exitCode()).isZero();
            }
            server.terminate();
        }
    }

    @Test
    void meteredGreeterShowsWhatItHasCounted(@TempDir Path directory) {
        try (JavaProcess server = run("examples.MeteredVerticle", "-conf", "../conf/metrics.json")) {
            server.await("Registering node: greeter-");
            try (JavaProcess client = vertx("call", "greeter", "Greeter.Hello", "{}")) {
                client.await("Hello");
            }
            String page = "exec 3<>/dev/tcp/127.0.0.1/9464; printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3";
            try (ShellProcess reader = ShellProcess.start(NETWORK, directory, page)) {
                reader.await("greeter_strangers_total 1.0");
            }
        }
    }

    @Test
    void embeddedGreeterIsServedAndLeavesWhenTerminated() {
        try (JavaProcess server = JavaProcess.start(NETWORK, EmbeddedGreeter.class.getName(), "127.0.0.1:9090")) {
            server.await("greeter is served");
            try (JavaProcess second = JavaProcess.start(NETWORK, EmbeddedGreeter.class.getName(), "127.0.0.1:9090")) {
                second.await("127.0.0.1:9090");
                assertThat(second.exitCode()).as("where the port is taken").isEqualTo(1);
            }
            try (JavaProcess client = JavaProcess.start(NETWORK, GreeterClient.class.getName())) {
                client.await("Hello davie");
            }
            assertThat(server.terminate()).isEqualTo(143);
        }
    }

    @Test
    void clockAnswersCallersByTheEventBusAlone() {
        try (JavaProcess server = run("../conf/clock.json")) {
            server.await("Registering node: clock-");
            try (JavaProcess client = vertx("call", "clock", "Clock.Now", "{\"zone\":\"Europe/Berlin\"}")) {
                client.await("[Europe/Berlin]");
                assertThat(client.exitCode()).isZero();
            }
            server.terminate();
        }
    }

    @Test
    void ticksAreStreamedByTheEventBusAlone() {
        try (JavaProcess server = run("../conf/ticks.json")) {
            server.await("tick 5");
            server.await("no more ticks");
            try (JavaProcess client = vertx("call", "ticks", "Ticks.Count", "{\"count\":40}", "--stream")) {
                client.await("{\"tick\":40}");
                assertThat(client.exitCode()).isZero();
            }
            server.terminate();
        }
    }

    @Test
    void greeterIsCalledOverTheEventBusAlone() {
        try (JavaProcess server = run("../conf/bus-greeter.json")) {
            server.await("Transport [eventbus] Listening on :");
            server.await("Hello davie");
            server.terminate();
        }
    }

    @Test
    void topologyRunsItsVerticles() {
        try (JavaProcess server = run("../conf/topology.json")) {
            server.await("Registering node: greeter-");
            server.terminate();
        }
    }

    @Test
    void busVerticleListsAndCallsByTheEventBusAlone() {
        try (JavaProcess server = run("../conf/event-bus.json")) {
            server.await("\"greeter\"");
            server.await("Hello davie");
            server.terminate();
        }
    }

    @Test
    void newsAreCarriedByTheEventBusAlone() {
        try (JavaProcess server = run("../conf/broker-node.json")) {
            server.await("news from davie: It works");
            server.await("order: a book");
            server.terminate();
        }
    }

    @Test
    void plainServerIsFoundThroughTheEventBus() {
        try (JavaProcess server = run("../conf/status.json")) {
            server.await("registered: status-");
            try (JavaProcess client = vertx("call", "status", "Status.Get", "{}")) {
                client.await("fine");
                assertThat(client.exitCode()).isZero();
            }
            server.terminate();
        }
    }

    @Test
    void greeterRegistersThroughAnotherNodeOfTheCluster() {
        String config = "-Dvertx.hazelcast.config=../conf/cluster/cluster.xml";
        try (JavaProcess registry =
                run("../conf/registry-node.json", "-cluster", "-cluster-host", "127.0.0.1", config)) {
            registry.await("Registry [mdns] Open at micro.registry to the whole cluster");
            try (JavaProcess greeter = run(
                    "examples.GreeterVerticle",
                    "-conf",
                    "../conf/eventbus.json",
                    "-cluster",
                    "-cluster-host",
                    "127.0.0.1",
                    config)) {
                greeter.await("Registering node: greeter-");
                try (JavaProcess client = vertx("call", "greeter", "Greeter.Hello", "{\"name\":\"davie\"}")) {
                    client.await("Hello davie");
                    assertThat(client.exitCode()).isZero();
                }
                greeter.terminate();
            }
            registry.terminate();
        }
    }
}
