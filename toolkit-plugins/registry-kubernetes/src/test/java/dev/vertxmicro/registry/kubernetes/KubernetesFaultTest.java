package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that restarts, and a network between that is cut, slow or forgetful. */
@Requires(Requirement.KUBERNETES)
class KubernetesFaultTest {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration TTL = Duration.ofSeconds(60);

    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static final TestCluster CLUSTER = new TestCluster(VERTX);

    private final String name = "faults-" + UUID.randomUUID().toString().substring(0, 8);
    private final RecordingWatcher changes = RecordingWatcher.of(name);
    private final KubernetesRegistry direct = CLUSTER.registry();
    private final FreezingRelay relay = FreezingRelay.to(CLUSTER.server().port());
    private final KubernetesRegistry watching = CLUSTER.registry(CLUSTER.options()
            .withAddresses(List.of(relay.address()))
            .withRequestTimeout(Duration.ofSeconds(1))
            .withWatchTimeout(Duration.ofSeconds(1))
            .withGrace(GRACE));

    @BeforeAll
    static void start() {
        CLUSTER.start(directory);
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
        result(VERTX.close());
    }

    @BeforeEach
    void watch() {
        result(watching.watch(changes));
    }

    @AfterEach
    void close() {
        result(Future.join(watching.close(), direct.close()));
        relay.close();
    }

    private ServiceInfo service(String id) {
        return new ServiceInfo(name, "1.0.0", Map.of(), List.of(), List.of(new Node(id, "127.0.0.1:9001", Map.of())));
    }

    private static RegistryChange change(Action action, ServiceInfo service) {
        return new RegistryChange(action, service);
    }

    private static void pass(Duration time) {
        result(VERTX.timer(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Registers, and renews until it is told to die. */
    private long renewing(KubernetesRegistry registry, ServiceInfo service, Duration ttl) {
        result(registry.register(service, ttl));
        return VERTX.setPeriodic(ttl.toMillis() / 3, due -> registry.register(service, ttl));
    }

    @Test
    void goesOnAfterTheServerWasUpgraded() {
        result(direct.register(service("a"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("a")));
        CLUSTER.server().stop();
        assertThat(result(watching.get(name))).containsExactly(service("a"));
        CLUSTER.startAgain(false);
        KubernetesRegistry other = CLUSTER.registry();
        result(other.register(service("b"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("b")));
        result(other.close());
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, service("b")));
    }

    @Test
    void keepsNoGhostsWhenTheServerIsBackWithOldData() {
        Duration ttl = Duration.ofSeconds(2);
        KubernetesRegistry dying = CLUSTER.registry();
        result(dying.register(service("dies"), ttl));
        result(direct.register(service("lives"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("dies")));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("lives")));
        CLUSTER.server().kill();
        pass(ttl);
        CLUSTER.startAgain(false);
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, service("dies")));
        assertThat(result(watching.get(name))).containsExactly(service("lives"));
        assertThat(result(direct.get(name))).containsExactly(service("lives"));
        result(dying.close());
    }

    @Test
    void seesANodeDieThoughItsConnectionIsCutAgainAndAgain() {
        Duration ttl = Duration.ofSeconds(3);
        KubernetesRegistry dying = CLUSTER.registry();
        long renewals = renewing(dying, service("dies"), ttl);
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("dies")));
        long cuts = VERTX.setPeriodic(700, due -> relay.cut());
        pass(ttl.plusSeconds(1));
        VERTX.cancelTimer(renewals);
        long died = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, service("dies")));
        assertThat(Duration.ofNanos(System.nanoTime() - died)).isLessThan(ttl.plusSeconds(1));
        VERTX.cancelTimer(cuts);
        result(dying.close());
    }

    @Test
    void losesNobodyWhileItIsCutOff() {
        Duration ttl = Duration.ofSeconds(1);
        long renewals = renewing(direct, service("a"), ttl);
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("a")));
        relay.freeze();
        pass(ttl.multipliedBy(4));
        assertThat(result(watching.get(name))).containsExactly(service("a"));
        relay.heal();
        KubernetesRegistry other = CLUSTER.registry();
        result(other.register(service("b"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("b")));
        result(other.close());
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, service("b")));
        VERTX.cancelTimer(renewals);
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, service("a")));
    }

    @Test
    void hearsOfChangesThoughItsConnectionsWereForgotten() {
        relay.forget();
        long start = System.nanoTime();
        result(direct.register(service("a"), TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("a")));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void registersAtAServerThatIsSlow() {
        KubernetesRegistry slow = CLUSTER.registry(CLUSTER.pod().withAddresses(List.of(relay.address())));
        relay.freeze();
        Future<Void> registered = slow.register(service("a"), TTL);
        pass(Duration.ofSeconds(2));
        assertThat(registered.isComplete()).isFalse();
        relay.heal();
        result(registered);
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, service("a")));
        result(slow.close());
    }
}
