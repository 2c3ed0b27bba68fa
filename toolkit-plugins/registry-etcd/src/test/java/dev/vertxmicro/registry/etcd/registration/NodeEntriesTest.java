package dev.vertxmicro.registry.etcd.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.wire.EtcdKeys;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of a node whose deletion fails, and of times that are too long. */
class NodeEntriesTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration LAPSED = TTL.plusSeconds(1);
    private static final Duration AGAIN = Duration.ofSeconds(6);
    private static final ServiceInfo A = service("a");
    private static final ServiceInfo B = service("b");
    private static final String KEY_A = "/r/a/a-1";
    private static final String KEY_B = "/r/b/b-1";

    private final ManualTimers time = Timers.manual();
    private final FakeEtcd etcd = new FakeEtcd();
    private final NodeEntries entries = new NodeEntries(etcd, new EtcdKeys("/r/"), Duration.ofSeconds(5), time);

    private static ServiceInfo service(String name) {
        return new ServiceInfo(name, "1", Map.of(), List.of(), List.of(new Node(name + "-1", "h:1", Map.of())));
    }

    private void register(ServiceInfo service, Duration ttl) {
        assertThat(entries.register(service, ttl).succeeded()).isTrue();
    }

    /** The lease goes on, as another node has it too. */
    @Test
    void deletesLaterWhatCouldNotBeTakenBack() {
        register(A, TTL);
        register(B, TTL);
        etcd.away = true;
        assertThat(entries.deregister(A).failed()).isTrue();
        time.advance(AGAIN);
        assertThat(etcd.keys).contains(KEY_A);
        etcd.away = false;
        time.advance(AGAIN);
        assertThat(etcd.keys).containsExactly(KEY_B);
        time.advance(AGAIN);
        assertThat(etcd.deletions).isEqualTo(3);
    }

    @Test
    void keepsWhatWasRegisteredAgainAfterItCouldNotBeTakenBack() {
        register(A, TTL);
        etcd.away = true;
        assertThat(entries.deregister(A).failed()).isTrue();
        etcd.away = false;
        register(A, Duration.ZERO);
        time.advance(LAPSED);
        assertThat(etcd.keys).containsExactly(KEY_A);
    }

    /** Its time to live had passed, and the deletion was under way when it was registered for ever. */
    @Test
    void keepsWhatWasRegisteredForEverWhileItsDeletionFailed() {
        register(A, TTL);
        etcd.holding = true;
        time.advance(LAPSED);
        assertThat(etcd.heldDeletions).hasSize(1);
        Future<Void> again = entries.register(A, Duration.ZERO);
        etcd.holding = false;
        etcd.heldDeletions.remove().fail("away");
        assertThat(again.succeeded()).isTrue();
        time.advance(LAPSED);
        assertThat(etcd.keys).containsExactly(KEY_A);
        assertThat(etcd.deletions).isEqualTo(1);
    }

    @Test
    void triesNothingAgainOnceItIsClosed() {
        register(A, TTL);
        etcd.holding = true;
        time.advance(LAPSED);
        Future<Void> closed = entries.close();
        time.advance(AGAIN);
        assertThat(closed.succeeded()).isTrue();
        etcd.heldDeletions.remove().fail("away");
        time.advance(LAPSED);
        assertThat(etcd.deletions).isEqualTo(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void deletesAtItsEndWhatLastsAndCouldNotBeTakenBack() {
        register(A, Duration.ZERO);
        etcd.away = true;
        assertThat(entries.deregister(A).failed()).isTrue();
        etcd.away = false;
        assertThat(entries.close().succeeded()).isTrue();
        assertThat(etcd.keys).isEmpty();
    }

    /** Somebody else may have registered it. */
    @Test
    void leavesAloneWhatItHasNotRegistered() {
        etcd.away = true;
        assertThat(entries.deregister(A).failed()).isTrue();
        assertThat(entries.register(A, TTL).failed()).isTrue();
        time.advance(LAPSED.plus(AGAIN));
        assertThat(etcd.deletions).isEqualTo(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    void limitsATimeToLiveToWhatEtcdTakes() {
        register(A, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        register(B, NodeEntries.LONGEST);
        assertThat(etcd.granted).containsExactly(NodeEntries.LONGEST.toSeconds());
        assertThat(etcd.keys).containsExactly(KEY_A, KEY_B);
        time.advance(NodeEntries.LONGEST.plusSeconds(1));
        assertThat(etcd.keys).isEmpty();
    }
}
