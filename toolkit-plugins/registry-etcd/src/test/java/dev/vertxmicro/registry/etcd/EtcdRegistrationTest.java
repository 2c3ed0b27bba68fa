package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.EtcdServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What registering leaves in etcd, and how long. */
@Requires(Requirement.ETCD)
class EtcdRegistrationTest extends EtcdFixture {
    private static final String KEY = "/micro/registry/greeter/greeter-1";
    private static final ServiceInfo SERVICE = service("greeter", node("greeter-1"));

    private static String lease(EtcdServer server, String key) {
        return server.get(key).getString("lease", "none");
    }

    private static List<?> leases(EtcdServer server) {
        return new JsonObject(server.request("/v3/lease/leases", new JsonObject()))
                .getJsonArray("leases", new io.vertx.core.json.JsonArray())
                .getList();
    }

    @Test
    void writesWhatGoMicroWrites() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Await.result(registry.register(SERVICE, TTL));
        String value =
                new String(Base64.getDecoder().decode(server.get(KEY).getString("value")), StandardCharsets.UTF_8);
        assertThat(value)
                .isEqualTo(
                        "{\"name\":\"greeter\",\"version\":\"1.0.0\",\"metadata\":null,\"endpoints\":null,"
                                + "\"nodes\":[{\"id\":\"greeter-1\",\"address\":\"127.0.0.1:9001\",\"metadata\":{\"protocol\":\"mucp\"}}]}");
        Await.result(registry.register(service("a/b", node("c/d")), TTL));
        assertThat(server.get("/micro/registry/a-b/c-d").getString("value")).isNotEmpty();
        assertThat(Await.result(registry.get("a/b"))).containsExactly(service("a/b", node("c/d")));
        assertThat(Await.result(registry.get("a-b"))).isEmpty();
        assertThat(Await.result(registry.list())).containsExactly("a/b", "greeter");
        Await.result(registry.close());
    }

    @Test
    void keepsAnotherPrefixApart() {
        EtcdServer server = closing(EtcdServer.start(directory));
        EtcdRegistryOptions options = EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(server.address()));
        Registry there = registry(options.withPrefix("/team/"));
        Registry here = registry(options);
        Await.result(there.register(SERVICE, TTL));
        assertThat(server.get("/team/greeter/greeter-1").getString("value")).isNotEmpty();
        assertThat(Await.result(here.list())).isEmpty();
        assertThat(Await.result(there.list())).containsExactly("greeter");
    }

    @Test
    void holdsOneLeaseForAllNodesWithOneTimeToLive() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Await.result(registry.register(service("greeter", node("greeter-1"), node("greeter-2")), TTL));
        Await.result(registry.register(service("other", node("other-1")), TTL));
        assertThat(leases(server)).hasSize(1);
        Await.result(registry.register(service("short", node("short-1")), Duration.ofSeconds(10)));
        assertThat(leases(server)).hasSize(2);
        Await.result(registry.close());
        assertThat(leases(server)).isEmpty();
        assertThat(server.get(KEY)).isEmpty();
    }

    @Test
    void writesWithoutALeaseWhatLastsForEver() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Await.result(registry.register(SERVICE, Duration.ZERO));
        assertThat(server.get(KEY)).isNotEmpty();
        assertThat(leases(server)).isEmpty();
        Await.result(registry.close());
        assertThat(server.get(KEY)).isEmpty();
    }

    @Test
    void writesAnewUnderANewLeaseWhenEtcdHasEndedIt() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Await.result(registry.register(SERVICE, TTL));
        String before = lease(server, KEY);
        server.request("/v3/lease/revoke", new JsonObject().put("ID", before));
        assertThat(server.get(KEY)).isEmpty();
        Await.result(registry.register(SERVICE, TTL));
        assertThat(lease(server, KEY)).isNotEqualTo(before).isNotEqualTo("none");
    }

    @Test
    void writesAnewWhatSomebodyDeletedOrWroteOver() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Await.result(registry.register(SERVICE, TTL));
        String lease = lease(server, KEY);
        server.delete(KEY);
        Await.result(registry.register(SERVICE, TTL));
        assertThat(lease(server, KEY)).isEqualTo(lease);
        server.put(KEY, "nonsense");
        Await.result(registry.register(SERVICE, TTL));
        assertThat(Await.result(registry.get("greeter"))).containsExactly(SERVICE);
        assertThat(lease(server, KEY)).isEqualTo(lease);
    }

    /** The lease goes on, as another node has it too. */
    @Test
    void dropsANodeThatIsNotRenewedWhileAnotherIs() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Duration ttl = Duration.ofSeconds(2);
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch("greeter", changes));
        Await.result(registry.register(SERVICE, ttl));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, SERVICE));
        ServiceInfo kept = service("other", node("other-1"));
        long renewing = vertx.setPeriodic(200, due -> registry.register(kept, ttl));
        long start = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, SERVICE));
        assertThat(since(start)).isLessThan(ttl.plusSeconds(1));
        vertx.cancelTimer(renewing);
        assertThat(Await.result(registry.get("other"))).containsExactly(kept);
    }

    @Test
    void losesAKilledProcessWhenItsTimeHasPassed() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        RecordingWatcher changes = RecordingWatcher.of("killed");
        Await.result(registry.watch("killed", changes));
        JavaProcess process = closing(JavaProcess.start(Registering.class.getName(), server.address()));
        process.await("registered");
        assertThat(changes.next().action()).isEqualTo(Action.CREATE);
        process.close();
        long killed = System.nanoTime();
        assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        System.out.printf(
                "etcd: kill -9 of a node with a time to live of 3 s: gone after %d ms%n",
                since(killed).toMillis());
        assertThat(since(killed)).isLessThan(Registering.LIVES.plusSeconds(1));
    }

    /** A process that registers and renews until it is killed. */
    static final class Registering {
        static final Duration LIVES = Duration.ofSeconds(3);

        private Registering() {}

        public static void main(String[] arguments) {
            Vertx vertx = Vertx.vertx();
            Registry registry =
                    EtcdRegistry.create(vertx, EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(arguments[0])));
            ServiceInfo service = new ServiceInfo("killed", "1", Map.of(), List.of(), List.of(node("killed-1")));
            vertx.setPeriodic(1, 1000, due -> registry.register(service, LIVES)
                    .onSuccess(done -> System.out.println("registered")));
        }
    }
}
