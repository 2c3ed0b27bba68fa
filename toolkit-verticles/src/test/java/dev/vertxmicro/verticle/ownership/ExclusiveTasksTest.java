package dev.vertxmicro.verticle.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two that could do the same, each with its own clock; who is not pulsed hangs. */
class ExclusiveTasksTest {
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final LeaseTerms TERMS = LeaseTerms.of(CHECK, true);

    private final FakeHolders holders = new FakeHolders();
    private final Node a = new Node("a");
    private final Node b = new Node("b");

    private final class Node implements ExclusiveTask {
        final ManualTimers timers = Timers.manual();
        final List<String> seen = new ArrayList<>();
        final ExclusiveTasks tasks;
        Lease lease = Lease.ended(timers);

        Node(String id) {
            tasks = new ExclusiveTasks(
                    holders.map(),
                    id,
                    TERMS,
                    new Presence(FakeHolders.silent(), CHECK, timers),
                    timers,
                    holder -> holder);
            tasks.add("duty", this);
        }

        @Override
        public Future<Void> begin(Lease begun) {
            lease = begun;
            seen.add("begin");
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            seen.add("end");
            return Future.succeededFuture();
        }

        void pulse() {
            tasks.renew();
            tasks.round();
        }
    }

    /** Lets time pass for both; those named are running. */
    private void pass(Duration time, Node... running) {
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(TERMS.pulse())) {
            a.timers.advance(TERMS.pulse());
            b.timers.advance(TERMS.pulse());
            for (Node node : running) {
                node.pulse();
            }
        }
    }

    private Duration untilTaken(Node by) {
        Duration gone = Duration.ZERO;
        while (by.seen.isEmpty() && gone.compareTo(Duration.ofMinutes(1)) < 0) {
            assertThat(a.lease.holds() && by.lease.holds()).isFalse();
            pass(TERMS.pulse(), by);
            gone = gone.plus(TERMS.pulse());
        }
        return gone;
    }

    @Test
    void leavesWhatIsDoneToWhoeverDoesIt() {
        a.pulse();
        pass(Duration.ofMinutes(1), a, b);
        assertThat(a.lease.holds()).isTrue();
        assertThat(a.seen).containsExactly("begin");
        assertThat(b.seen).isEmpty();
    }

    @Test
    void takesOverFromOneThatHangsWithinThreeChecksAndNotBeforeItsLeaseIsOver() {
        a.pulse();
        pass(Duration.ofSeconds(10), a, b);
        Duration gone = untilTaken(b);
        assertThat(gone).isBetween(TERMS.patience(), CHECK.multipliedBy(3).plusMillis(1));
        assertThat(b.lease.holds()).isTrue();
        assertThat(b.lease.epoch()).isGreaterThan(a.lease.epoch());
    }

    @Test
    void aHolderThatIsLateKeepsIt() {
        a.pulse();
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(3), b);
            a.pulse();
            assertThat(a.lease.holds()).isTrue();
        }
        assertThat(b.seen).isEmpty();
    }

    @Test
    void whoWakesUpOvertakenDoesNothingMoreAndEnds() {
        a.pulse();
        pass(Duration.ofSeconds(20), b);
        assertThat(b.seen).containsExactly("begin");
        assertThat(a.lease.holds()).as("before it looks at the map").isFalse();
        Future<Void> waits = a.lease.inForce();
        a.pulse();
        assertThat(a.seen).containsExactly("begin", "end");
        assertThat(waits.failed()).isTrue();
        pass(Duration.ofMinutes(1), a, b);
        assertThat(a.seen).containsExactly("begin", "end");
        assertThat(b.lease.holds()).isTrue();
    }

    @Test
    void whoWakesUpRefusesWhatWasSentBeforeAndGoesOnIfNobodyElseDoesIt() {
        a.pulse();
        pass(Duration.ofSeconds(20));
        a.pulse();
        assertThat(a.lease.holds()).isFalse();
        Future<Void> waits = a.lease.inForce();
        pass(TERMS.recovery(), a);
        a.pulse();
        assertThat(a.lease.holds()).isTrue();
        assertThat(waits.succeeded()).isTrue();
        assertThat(a.seen).containsExactly("begin");
    }

    @Test
    void whoCannotRenewStopsByItselfUntilItCan() {
        a.pulse();
        pass(Duration.ofSeconds(1), a);
        holders.hold();
        pass(TERMS.length(), a);
        assertThat(a.lease.holds()).isFalse();
        assertThat(a.tasks.held()).isEmpty();
        holders.release();
        pass(TERMS.pulse(), a);
        assertThat(a.lease.holds()).isTrue();
        assertThat(a.seen).containsExactly("begin");
    }

    @Test
    void leavesItToTheNextAtOnce() {
        a.pulse();
        pass(Duration.ofSeconds(3), a, b);
        assertThat(a.tasks.close().succeeded()).isTrue();
        assertThat(a.lease.holds()).isFalse();
        b.pulse();
        assertThat(b.lease.holds()).isTrue();
        assertThat(b.lease.epoch()).isGreaterThan(a.lease.epoch());
    }
}
