package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimersTest {
    private final ManualTimers timers = Timers.manual();
    private final List<String> ran = new ArrayList<>();

    private Timer at(long millis, String name) {
        return timers.schedule(Duration.ofMillis(millis), () -> ran.add(name + "@" + timers.nanoTime() / 1_000_000));
    }

    @Test
    void runsInTheOrderOfTimeThenOfScheduling() {
        at(20, "late");
        at(10, "a");
        at(10, "b");
        at(0, "now");
        assertThat(ran).isEmpty();
        timers.advance(Duration.ofMillis(20));
        assertThat(ran).containsExactly("now@0", "a@10", "b@10", "late@20");
        assertThat(timers.nanoTime()).isEqualTo(20_000_000);
    }

    @Test
    void runsWhatATaskSchedulesInItsOwnTime() {
        timers.schedule(Duration.ofMillis(10), () -> at(5, "nested"));
        timers.advance(Duration.ofMillis(14));
        assertThat(ran).isEmpty();
        timers.advance(Duration.ofMillis(1));
        assertThat(ran).containsExactly("nested@15");
    }

    @Test
    void runsWhatIsDueWithoutMovingTheClock() {
        at(0, "zero");
        at(-5, "past");
        at(1, "later");
        timers.advance(Duration.ZERO);
        assertThat(ran).containsExactly("zero@0", "past@0");
        assertThat(timers.pending()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsTakenBack() {
        Timer timer = at(1, "never");
        timer.cancel();
        timer.cancel();
        assertThat(timers.pending()).isZero();
        timers.advance(Duration.ofDays(1));
        assertThat(ran).isEmpty();
        timer.cancel();
    }

    @Test
    void neverRunsWhatIsBeyondTheClock() {
        timers.advance(Duration.ofDays(1));
        timers.schedule(Duration.ofNanos(Long.MAX_VALUE), () -> ran.add("overflow"));
        timers.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("too long"));
        timers.advance(Duration.ofDays(1000));
        assertThat(ran).isEmpty();
        assertThat(timers.pending()).isEqualTo(2);
    }
}
