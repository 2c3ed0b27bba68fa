package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final ManualTimers timers = Timers.manual();
    private final Outage outage = Outage.of(timers);

    @Test
    void isNoneBeforeTheFirstFailure() {
        assertThat(outage.over()).isEmpty();
    }

    @Test
    void countsFromTheFirstFailure() {
        assertThat(outage.failed()).isTrue();
        timers.advance(Duration.ofSeconds(2));
        assertThat(outage.failed()).isFalse();
        timers.advance(Duration.ofMillis(1249));
        assertThat(outage.over()).hasValue("after 3.2 s");
        assertThat(outage.over()).as("told once").isEmpty();
    }

    @Test
    void countsFromWhenWhatFailedWasBegun() {
        long begun = timers.nanoTime();
        timers.advance(Duration.ofSeconds(5));
        outage.failed(begun);
        assertThat(outage.over()).hasValue("after 5.0 s");
        outage.failed();
        assertThat(outage.over()).hasValue("after 0.0 s");
    }
}
