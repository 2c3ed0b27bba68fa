package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RareWarningTest {
    private final ManualTimers timers = Timers.manual();
    private final List<String> logged = new ArrayList<>();
    private final RareWarning warning = new RareWarning(new Log(), timers);

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
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            logged.add(String.valueOf(format));
        }
    }

    @Test
    void warnsAtOnceThenCountsForTenSeconds() {
        warning.warn("a");
        warning.warn("b");
        timers.advance(Duration.ofSeconds(10).minusNanos(1));
        warning.warn("c");
        assertThat(logged).containsExactly("a");
        timers.advance(Duration.ofNanos(1));
        warning.warn("d");
        assertThat(logged).containsExactly("a", "d (and 2 more)");
        timers.advance(Duration.ofSeconds(10));
        warning.warn("e");
        assertThat(logged).containsExactly("a", "d (and 2 more)", "e");
    }
}
