package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.consul.FakeAgent.Asked;
import dev.vertxmicro.registry.consul.FakeAgent.Said;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes to an agent, and what becomes of its answers. */
class ConsulWireTest {
    private static final String REGISTER = "PUT /v1/agent/service/register";
    private static final String PASS = "PUT /v1/agent/check/pass/service%3Agreeter-1";
    private static final Duration TTL = Duration.ofSeconds(90);
    private static final ServiceInfo SERVICE = new ServiceInfo(
            "greeter",
            "1.0.0",
            Map.of(),
            List.of(),
            List.of(new Node("greeter-1", "10.1.2.3:9001", Map.of("zone", "a"))));

    private final Vertx vertx = Vertx.vertx();
    private final FakeAgent agent = new FakeAgent(vertx);
    private final FakeAgent other = new FakeAgent(vertx);
    private ConsulRegistry registry = ConsulRegistry.create(vertx, ConsulOptions.DEFAULTS);

    @BeforeEach
    void make() {
        registry = ConsulRegistry.create(
                vertx,
                ConsulOptions.DEFAULTS
                        .withAddresses(List.of(agent.address(), other.address()))
                        .withToken("secret"));
        agent.answer(ConsulWireTest::known);
        other.answer(ConsulWireTest::known);
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** An agent where the node is there, as far as it is asked. */
    private static Said known(String line) {
        return line.startsWith("PUT")
                ? Said.OK
                : new Said(
                        200,
                        7,
                        "[{\"Node\":{\"Node\":\"a\"},\"Service\":{\"ID\":\"greeter-1\",\"Service\":\"greeter\",\"Tags\":[\"v=1\"],"
                                + "\"Address\":\"10.1.2.3\",\"Port\":9001},\"Checks\":[]}]");
    }

    private static List<String> lines(List<Asked> asked) {
        return asked.stream().map(Asked::line).toList();
    }

    @Test
    void registersInTheFormOfGoMicroAndPassesTheCheck() {
        Await.result(registry.register(SERVICE, TTL));
        List<Asked> asked = agent.written();
        assertThat(lines(asked)).containsExactly(REGISTER, PASS);
        assertThat(asked).extracting(Asked::token).containsOnly("secret");
        JsonObject body = asked.get(0).json();
        assertThat(body.getString("ID")).isEqualTo("greeter-1");
        assertThat(body.getString("Name")).isEqualTo("greeter");
        assertThat(body.getString("Address")).isEqualTo("10.1.2.3");
        assertThat(body.getValue("Port")).isEqualTo(9001);
        assertThat(body.getJsonArray("Tags")).hasSize(2);
        JsonObject check = body.getJsonObject("Check");
        assertThat(check.getString("TTL")).isEqualTo("1m30s");
        assertThat(check.getString("DeregisterCriticalServiceAfter")).isEqualTo("1m35s");
        assertThat(check.stream().filter(entry -> entry.getValue() != null && entry.getValue() != Boolean.FALSE))
                .hasSize(2);
    }

    @Test
    void renewsByTheCheckOnlyWhenNothingChanged() {
        Await.result(registry.register(SERVICE, TTL));
        agent.all();
        Await.result(registry.register(SERVICE, TTL));
        assertThat(lines(agent.all())).containsExactly(PASS);
        Node moved = new Node("greeter-1", "10.1.2.3:9002", Map.of("zone", "a"));
        Await.result(registry.register(SERVICE.withNodes(List.of(moved)), TTL));
        assertThat(lines(agent.written())).containsExactly(REGISTER, PASS);
        Await.result(registry.register(SERVICE.withNodes(List.of(moved)), TTL.multipliedBy(2)));
        assertThat(lines(agent.written())).containsExactly(REGISTER, PASS);
        assertThat(other.all()).isEmpty();
    }

    @Test
    void registersAnewWhatTheAgentHasForgotten() {
        Await.result(registry.register(SERVICE, TTL));
        agent.all();
        int[] passes = {0};
        agent.answer(line -> line.equals(PASS) && passes[0]++ == 0
                ? new Said(500, 0, "CheckID \"service:greeter-1\" does not have associated TTL")
                : known(line));
        Await.result(registry.register(SERVICE, TTL));
        assertThat(lines(agent.written())).containsExactly(PASS, REGISTER, PASS);
        assertThat(other.all()).isEmpty();
    }

    @Test
    void registersWithoutACheckForEver() {
        Await.result(registry.register(SERVICE, Duration.ZERO));
        List<Asked> asked = agent.written();
        assertThat(lines(asked)).containsExactly(REGISTER);
        assertThat(asked.get(0).json().getValue("Check")).isNull();
        Await.result(registry.register(SERVICE, Duration.ZERO));
        assertThat(agent.all()).isEmpty();
    }

    @Test
    void goesToTheNextAgentAndStaysThere() {
        Await.result(registry.register(SERVICE, TTL));
        agent.all();
        agent.answer(line -> new Said(500, 0, "No cluster leader"));
        Await.result(registry.register(SERVICE, TTL));
        assertThat(lines(other.written())).containsExactly(REGISTER, PASS);
        Await.result(registry.get("greeter"));
        agent.all();
        agent.answer(ConsulWireTest::known);
        Await.result(registry.register(SERVICE, TTL));
        assertThat(lines(other.written())).containsExactly(PASS);
        Await.result(registry.get("greeter"));
        assertThat(lines(agent.all())).containsExactly("PUT /v1/agent/service/deregister/greeter-1");
    }

    @Test
    void doesNotAskAnotherWhenItIsRefused() {
        agent.answer(line -> new Said(403, 0, "Permission denied"));
        MicroException refused = Await.failure(registry.register(SERVICE, TTL));
        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.detail()).isEqualTo("consul at " + agent.address() + ": 403 Permission denied");
        agent.answer(line -> new Said(400, 0, "Invalid service address"));
        assertThat(Await.failure(registry.register(SERVICE, TTL)).code()).isEqualTo(400);
        assertThat(other.all()).isEmpty();
    }

    @Test
    void namesAllAgentsWhenNoneCanBeReached() {
        ConsulRegistry alone = ConsulRegistry.create(
                vertx, ConsulOptions.DEFAULTS.withAddresses(List.of("127.0.0.1:1", "127.0.0.1:2")));
        MicroException away = Await.failure(alone.register(SERVICE, TTL));
        assertThat(away.code()).isEqualTo(500);
        assertThat(away.detail()).startsWith("consul at 127.0.0.1:1: ").contains("; 127.0.0.1:2: ", "refused");
        assertThat(Await.failure(alone.get("greeter")).code()).isEqualTo(500);
        assertThat(Await.failure(alone.watch("greeter", change -> {})).code()).isEqualTo(500);
        assertThat(Await.failure(alone.watch(change -> {})).code()).isEqualTo(500);
        Await.result(alone.close());
    }

    @Test
    void asksAnyServerAndTheDatacenterThatIsWanted() {
        Await.result(registry.get("my greeter"));
        assertThat(lines(agent.all())).containsExactly("GET /v1/health/service/my%20greeter?stale");
        ConsulRegistry far = ConsulRegistry.create(
                vertx,
                ConsulOptions.DEFAULTS
                        .withAddresses(List.of(agent.address()))
                        .withDatacenter("dc2")
                        .withStale(false));
        Await.result(far.get("greeter"));
        assertThat(lines(agent.all())).containsExactly("GET /v1/health/service/greeter?dc=dc2");
    }

    @Test
    void followsAServiceOnceForAllItsWatchersAndAnswersFromThere() {
        agent.answer(line -> line.contains("index=") ? new Said(200, 7, "[]") : known(line));
        Await.result(registry.watch("greeter", change -> {}));
        Await.result(registry.watch("greeter", change -> {}));
        assertThat(lines(agent.all()).stream().filter(line -> !line.contains("index=")))
                .hasSize(1);
        for (int i = 0; i < 100; i++) {
            assertThat(Await.result(registry.get("greeter"))).hasSize(1);
        }
        assertThat(lines(agent.all()).stream().filter(line -> !line.contains("index=")))
                .isEmpty();
    }

    @Test
    void failsWithWhatIsNoAnswerOfConsuls() {
        agent.answer(line -> new Said(200, 1, "<html>"));
        assertThat(Await.failure(registry.get("greeter")).code()).isEqualTo(500);
        assertThat(Await.failure(registry.list()).code()).isEqualTo(500);
    }
}
