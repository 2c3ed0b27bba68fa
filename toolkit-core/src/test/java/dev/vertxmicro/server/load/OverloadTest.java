package dev.vertxmicro.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.server.AdaptiveLimit;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A backend of ten workers and 10 ms a call, so 1,000 calls a second at best, behind a gate; time is manual, so all is the same each time. */
class OverloadTest {
    private static final int WORKERS = 10;
    private static final Duration WORK = Duration.ofMillis(10);

    private final ManualTimers timers = Timers.manual();
    private final Queue<Call> queue = new ArrayDeque<>();
    private final SplittableRandom random = new SplittableRandom(5);
    private Supplier<Duration> patience = () -> Duration.ofSeconds(1);
    private Supplier<Duration> work = () -> WORK;
    private int busy;
    private int served;
    private int late;
    private int refused;
    private int servedInAHurry;

    private record Call(Permit permit, long began, Duration patience) {}

    private void arrive(CallGate gate) {
        Permit permit = gate.enter("");
        if (!permit.refusal().isEmpty()) {
            refused++;
            return;
        }
        Duration waits = patience.get();
        permit.serves("Backend.Work", timers.nanoTime() + waits.toNanos());
        queue.add(new Call(permit, timers.nanoTime(), waits));
        work();
    }

    private void work() {
        if (busy < WORKERS && !queue.isEmpty()) {
            busy++;
            Call call = queue.remove();
            timers.schedule(work.get(), () -> done(call));
        }
    }

    private void done(Call call) {
        busy--;
        if (timers.nanoTime() - call.began() > call.patience().toNanos()) {
            late++;
        } else {
            served++;
            servedInAHurry += call.patience().compareTo(Duration.ofSeconds(1)) <= 0 ? 1 : 0;
        }
        call.permit().giveBack();
        work();
    }

    /** Lets so many calls a second arrive for so many seconds, evenly. */
    private void load(CallGate gate, int perSecond, int seconds) {
        served = 0;
        late = 0;
        refused = 0;
        Duration pause = Duration.ofNanos(1_000_000_000L / perSecond);
        for (int i = 0; i < perSecond * seconds; i++) {
            arrive(gate);
            timers.advance(pause);
        }
    }

    @Test
    void servesNearlyAllItCanAtThreeTimesItsCapacityAndIsItselfAgainAtOnce() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.ALWAYS, timers);
        load(gate, 500, 5);
        assertThat(refused + late).as("refused below capacity").isZero();
        load(gate, 3_000, 60);
        assertThat(served).isGreaterThan(54_000);
        assertThat(late).isZero();
        load(gate, 500, 2);
        load(gate, 500, 5);
        assertThat(served).isGreaterThanOrEqualTo(2_490);
        assertThat(refused + late).as("refused after the overload").isZero();
    }

    @Test
    void servesHardlyAnyInTimeAtThreeTimesItsCapacityByTheFixedLimitAlone() {
        CallGate gate = new CallGate(10_000, 10_000, timers);
        load(gate, 3_000, 60);
        assertThat(served).isLessThan(10_000);
    }

    @Test
    void noticesAnOverloadByItselfAndForgetsItWhenItIsOver() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        load(gate, 3_000, 60);
        assertThat(served).isGreaterThan(54_000);
        assertThat(late).isLessThan(2_000);
        load(gate, 500, 2);
        load(gate, 500, 20);
        assertThat(served).isGreaterThanOrEqualTo(9_990);
        assertThat(refused + late).as("refused after the overload").isZero();
        assertThat(gate.allowed()).isEqualTo(10_000);
    }

    @Test
    void letsLongPollsBe() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        int refusals = 0;
        for (int i = 0; i < 20_000; i++) {
            Permit permit = gate.enter("");
            refusals += permit.refusal().isEmpty() ? 0 : 1;
            permit.serves(
                    "Events.Poll", timers.nanoTime() + Duration.ofSeconds(35).toNanos());
            timers.schedule(Duration.ofSeconds(30), permit::giveBack);
            timers.advance(Duration.ofMillis(i < 5_000 ? 20 : 10));
        }
        assertThat(refusals).isZero();
    }

    @Test
    void countsNoStreams() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.ALWAYS, timers);
        for (int i = 0; i < 1_000; i++) {
            gate.enter("");
        }
        load(gate, 500, 5);
        assertThat(refused).isZero();
    }

    @Test
    void staysNearWhatTheBackendCanDoAtOnce() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.ALWAYS, timers);
        load(gate, 3_000, 45);
        assertThat(gate.allowed()).isBetween(WORKERS, 4 * WORKERS);
        ServerStatistics shown = gate.statistics();
        assertThat(shown.limit()).isEqualTo(gate.allowed());
        assertThat(shown.shed()).isPositive().isEqualTo(shown.refused());
    }

    @Test
    void comparesEachEndpointWithItself() {
        LatencyLimit limit = new LatencyLimit(10_000, timers);
        for (int i = 0; i < 1_000; i++) {
            long quick = timers.nanoTime();
            timers.advance(Duration.ofMillis(1));
            limit.ended("Quick.Get", quick, 100);
            long slow = timers.nanoTime();
            timers.advance(Duration.ofMillis(100));
            limit.ended("Slow.Get", slow, 100);
        }
        assertThat(limit.allowed()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void neverLeavesItsBounds() {
        LatencyLimit limit = new LatencyLimit(3, timers);
        for (int i = 0; i < 1_000; i++) {
            long began = timers.nanoTime();
            timers.advance(Duration.ofMillis(1 + i));
            limit.ended("Slow.Get", began, 3);
            assertThat(limit.allowed()).isBetween(1, 3);
        }
    }

    /** A call that takes so long, whatever else runs, and whose caller waits so long. */
    private void serve(CallGate gate, String endpoint, long millis, long given) {
        Permit permit = gate.enter("");
        if (!permit.refusal().isEmpty()) {
            refused++;
            return;
        }
        permit.serves(endpoint, timers.nanoTime() + Duration.ofMillis(given).toNanos());
        timers.schedule(Duration.ofMillis(given), permit::abandon);
        timers.schedule(Duration.ofMillis(millis), permit::giveBack);
    }

    private long exponential(double mean) {
        return Math.round(-mean * Math.log(1 - random.nextDouble()));
    }

    @Test
    void servesNearlyAllItCanThoughCallsAreUneven() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        work = () -> Duration.ofMillis(Math.max(1, exponential(10)));
        load(gate, 3_000, 30);
        load(gate, 3_000, 30);
        assertThat(served).isGreaterThan(27_000);
    }

    @Test
    void servesNearlyAllItCanHoweverLongCallersWait() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        patience = () -> Duration.ofSeconds(5);
        load(gate, 10_000, 30);
        load(gate, 10_000, 30);
        assertThat(served).isGreaterThan(27_000);
    }

    @Test
    void servesCallersWithLittleTimeBesideThoseWhoWaitForLong() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        patience = () -> Duration.ofSeconds(random.nextInt(5) == 0 ? 1 : 60);
        load(gate, 3_000, 60);
        assertThat(servedInAHurry).as("of a fifth of 60,000").isGreaterThan(9_000);
        assertThat(served).isGreaterThan(54_000);
    }

    @Test
    void refusesNobodyForSomeWhoGiveTwiceWhatCallsTake() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        for (int i = 0; i < 60_000; i++) {
            serve(gate, "Report.Make", exponential(150), i % 4 == 0 ? 300 : 5_000);
            timers.advance(Duration.ofMillis(3));
        }
        assertThat(refused).isZero();
    }

    @Test
    void refusesNobodyForACallerInAHurry() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        for (int i = 0; i < 20_000; i++) {
            serve(gate, "Report.Make", exponential(150), 5_000);
            if (i % 10 == 0) {
                serve(gate, "Report.Make", exponential(150), 20);
            }
            timers.advance(Duration.ofMillis(3));
        }
        assertThat(refused).isZero();
    }

    @Test
    void comparesLongPollsWithNothingElse() {
        CallGate gate = new CallGate(10_000, 10_000, AdaptiveLimit.OVERLOAD, timers);
        for (int i = 0; i < 3_000; i++) {
            serve(gate, "Report.Make", 800 + random.nextInt(1_400), 5_000);
            if (i % 2 == 0) {
                serve(gate, "Events.Poll", 30_000, 60_000);
            }
            timers.advance(Duration.ofMillis(200));
        }
        assertThat(refused).isZero();
    }
}
