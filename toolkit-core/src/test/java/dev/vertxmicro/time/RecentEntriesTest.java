package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentEntriesTest {
    private final ManualTimers timers = Timers.manual();

    private RecentEntries<String, Integer> entries(int maxEntries, long maxBytes) {
        return new RecentEntries<>(timers, Duration.ofSeconds(1), maxEntries, maxBytes);
    }

    @Test
    void endWithTheirTime() {
        RecentEntries<String, Integer> entries = entries(10, 10);
        entries.put("a", 1, 1);
        timers.advance(Duration.ofSeconds(1).minusNanos(1));
        assertThat(entries.find("a")).isEqualTo(1);
        timers.advance(Duration.ofNanos(1));
        assertThat(entries.find("a")).isNull();
        assertThat(entries.size()).isZero();
    }

    @Test
    void makeRoomForOthersTheOldestFirst() {
        RecentEntries<String, Integer> entries = entries(2, 10);
        entries.put("a", 1, 1);
        entries.put("b", 2, 1);
        entries.put("c", 3, 1);
        assertThat(entries.find("a")).isNull();
        assertThat(entries.find("b")).isEqualTo(2);
        entries.put("d", 4, 10);
        assertThat(entries.find("c")).as("of 10 bytes").isNull();
        assertThat(entries.find("d")).isEqualTo(4);
        entries.put("e", 5, 11);
        assertThat(entries.find("e")).as("too large for all").isNull();
        assertThat(entries.find("d")).isEqualTo(4);
    }

    @Test
    void countNothingTwiceThatIsPutAgainOrRemoved() {
        RecentEntries<String, Integer> entries = entries(10, 10);
        entries.put("a", 1, 6);
        entries.put("a", 2, 6);
        entries.put("b", 3, 4);
        assertThat(entries.find("a")).isEqualTo(2);
        entries.remove("a", 1);
        assertThat(entries.find("a")).as("by the value of before").isEqualTo(2);
        entries.remove("a", 2);
        entries.remove("nobody", 2);
        entries.put("c", 4, 6);
        assertThat(entries.find("b")).isEqualTo(3);
        assertThat(entries.size()).isEqualTo(2);
    }

    @Test
    void areNoneWhereTheirTimeIsZeroOrNoneMayStay() {
        RecentEntries<String, Integer> off = new RecentEntries<>(timers, Duration.ZERO, 10, 10);
        off.put("a", 1, 1);
        assertThat(off.find("a")).isNull();
        RecentEntries<String, Integer> none = entries(0, 10);
        none.put("a", 1, 1);
        assertThat(none.find("a")).isNull();
        RecentEntries<String, Integer> longest =
                new RecentEntries<>(timers, Duration.ofSeconds(Long.MAX_VALUE), 1, Long.MAX_VALUE);
        longest.put("a", 1, 1);
        assertThat(longest.find("a")).isEqualTo(1);
    }
}
