package dev.vertxmicro.selector.caching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.selector.Outcome;
import org.junit.jupiter.api.Test;

class TrackedLoadTest {
    private static final long SECOND = 1_000_000_000L;

    private final TrackedLoad load = new TrackedLoad();

    private void call(long start, long end, Outcome outcome) {
        load.begin(start);
        load.end(start, end, outcome);
    }

    @Test
    void countsWhatRuns() {
        load.begin(0);
        load.begin(0);
        assertThat(load.running()).isEqualTo(2);
        load.end(0, 1, Outcome.ABANDONED);
        assertThat(load.running()).isEqualTo(1);
        load.end(0, 1, Outcome.ANSWERED);
        assertThat(load.running()).isZero();
    }

    @Test
    void doesNotCountTheFirstAnswerForWhichItHadToConnect() {
        call(0, SECOND, Outcome.ANSWERED);
        assertThat(load.latencyNanos(SECOND)).as("not known yet").isZero();
        call(SECOND, SECOND + 1_000, Outcome.ANSWERED);
        assertThat(load.latencyNanos(SECOND + 1_000)).isEqualTo(1_000);
    }

    @Test
    void risesToAPeakAtOnceAndFallsByAndBy() {
        call(0, 0, Outcome.ANSWERED);
        call(0, 1_000, Outcome.ANSWERED);
        assertThat(load.latencyNanos(1_000)).isEqualTo(1_000);
        call(1_000, 51_000, Outcome.ANSWERED);
        assertThat(load.latencyNanos(51_000)).isEqualTo(50_000);
        call(51_000, 52_000, Outcome.ANSWERED);
        assertThat(load.latencyNanos(52_000)).isBetween(49_000L, 50_000L);
        assertThat(load.latencyNanos(52_000 + 3 * SECOND)).isBetween(18_000L, 18_500L);
        call(3 * SECOND, 3 * SECOND + 1_000, Outcome.ANSWERED);
        assertThat(load.latencyNanos(3 * SECOND + 1_000)).isBetween(18_000L, 19_500L);
    }

    @Test
    void learnsFromAttemptsThatWereNotWaitedForHowLongTheyTookAtLeast() {
        call(0, SECOND, Outcome.TIMED_OUT);
        assertThat(load.latencyNanos(SECOND)).isEqualTo(SECOND);
        call(SECOND, SECOND + 10, Outcome.ABANDONED);
        assertThat(load.latencyNanos(SECOND + 10))
                .as("of a caller that gave up early")
                .isBetween(SECOND - 100, SECOND);
    }

    @Test
    void learnsNothingFromRefusals() {
        call(0, 0, Outcome.ANSWERED);
        call(0, 100_000, Outcome.ANSWERED);
        for (Outcome outcome : new Outcome[] {Outcome.UNREACHABLE, Outcome.BROKEN, Outcome.NOT_TAKEN, Outcome.CALLER}) {
            call(100_000, 100_001, outcome);
            assertThat(load.latencyNanos(100_000)).as(outcome.name()).isEqualTo(100_000);
        }
    }

    @Test
    void tellsHowLongItIsSilentWhileCallsRun() {
        assertThat(load.silentNanos(5 * SECOND)).as("with nothing to say").isZero();
        load.begin(10 * SECOND);
        load.begin(12 * SECOND);
        assertThat(load.silentNanos(13 * SECOND)).isEqualTo(3 * SECOND);
        load.end(12 * SECOND, 14 * SECOND, Outcome.ANSWERED);
        assertThat(load.silentNanos(15 * SECOND)).isEqualTo(SECOND);
        load.end(10 * SECOND, 16 * SECOND, Outcome.TIMED_OUT);
        assertThat(load.silentNanos(17 * SECOND)).isZero();
        load.begin(20 * SECOND);
        assertThat(load.silentNanos(20 * SECOND)).isZero();
    }
}
