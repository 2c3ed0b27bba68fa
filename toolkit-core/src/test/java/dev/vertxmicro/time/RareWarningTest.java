package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RareWarningTest {
    private final ManualTimers timers = Timers.manual();
    private final List<String> logged = new ArrayList<>();
    private final List<Throwable> traces = new ArrayList<>();
    private final System.Logger log = new Log();
    private final RareWarning warning = new RareWarning(log, timers);

    private final class Log implements System.Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            logged.add(String.valueOf(text));
            traces.add(Objects.requireNonNull(thrown));
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            logged.add(String.valueOf(format));
        }
    }

    @Test
    void warnsAtOnceThenOnceInTenSecondsWithTheNumberOfTheOthers() {
        warning.warn("a");
        warning.warn("b");
        timers.advance(Duration.ofSeconds(10).minusNanos(1));
        warning.warn("c");
        assertThat(logged).containsExactly("a");
        timers.advance(Duration.ofNanos(1));
        warning.warn("d");
        assertThat(logged).containsExactly("a", "c (and 1 more)");
        timers.advance(Duration.ofSeconds(20));
        warning.warn("e");
        assertThat(logged).containsExactly("a", "c (and 1 more)", "d", "e");
    }

    @Test
    void losesNoCountWhenNothingFollows() {
        for (int i = 0; i < 500; i++) {
            warning.warn("flood");
        }
        timers.advance(Duration.ofHours(1));
        assertThat(logged).containsExactly("flood", "flood (and 498 more)");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void saysWithTheNextLineWhatAClosingEngineCannotSayLater() {
        RareWarning closing = new RareWarning(log, new Closing());
        closing.warn("a");
        closing.warn("b");
        timers.advance(Duration.ofSeconds(10));
        closing.warn("c");
        assertThat(logged).containsExactly("a", "c (and 1 more)");
    }

    private final class Closing implements Timers {
        @Override
        public long nanoTime() {
            return timers.nanoTime();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            throw new RejectedExecutionException();
        }

        @Override
        public <T> Promise<T> promise() {
            return timers.promise();
        }

        @Override
        public Executor callerContext() {
            return timers.callerContext();
        }
    }

    @Test
    void logsOneLineOfBoundedLengthWhateverAPeerSent() {
        warning.warn("from \r\nERROR forged\u0000" + "x".repeat(100_000));
        assertThat(logged).singleElement().asString().hasSizeLessThan(1100).startsWith("from   ERROR forged x");
    }

    @Test
    void keepsTheStackTraceOfTheLineThatIsLogged() {
        IllegalStateException failure = new IllegalStateException("x");
        warning.error("failed", failure);
        assertThat(traces).containsExactly(failure);
    }

    @Test
    void countsWhatManyThreadsSay() throws Exception {
        int each = 2000;
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                for (int k = 0; k < each; k++) {
                    warning.warn("w");
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        timers.advance(Duration.ofSeconds(10));
        assertThat(logged).containsExactly("w", "w (and " + (threads.length * each - 2) + " more)");
    }

    @Test
    void boundsTheNumberOfKeys() {
        RareWarnings warnings = new RareWarnings(log, timers);
        for (int i = 0; i < 1000; i++) {
            warnings.about("key" + i).warn("first of " + i);
            warnings.about("key" + i).warn("second of " + i);
        }
        assertThat(logged).hasSize(101);
    }
}
