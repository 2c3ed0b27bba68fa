package dev.vertxmicro.wrapper.logging.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineLimitTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTimers timers = Timers.manual();
    private final List<Long> told = new ArrayList<>();

    private int admitted(LineLimit limit, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += limit.admits() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void eachSecondHasItsLines() {
        LineLimit limit = new LineLimit(2, timers, told::add);
        assertThat(admitted(limit, 5)).isEqualTo(2);
        timers.advance(SECOND);
        assertThat(told).containsExactly(3L);
        assertThat(admitted(limit, 2)).isEqualTo(2);
        timers.advance(SECOND);
        timers.advance(SECOND);
        assertThat(told).as("nothing left out, nothing to tell").containsExactly(3L);
    }

    @Test
    void theNumberIsToldAlsoIfNothingFollows() {
        LineLimit limit = new LineLimit(1, timers, told::add);
        admitted(limit, 1_000_000);
        timers.advance(SECOND);
        assertThat(told).containsExactly(999_999L);
    }

    @Test
    void manyThreadsGetNoMoreThanThat() throws InterruptedException {
        LineLimit limit = new LineLimit(1000, timers, told::add);
        AtomicInteger all = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> all.addAndGet(admitted(limit, 5000)));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(all).hasValue(1000);
        timers.advance(SECOND);
        assertThat(told).containsExactly(19_000L);
    }
}
