package dev.vertxmicro.wrapper.resilience.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedKeysTest {
    private final ManualTimers timers = Timers.manual();
    private final AtomicBoolean rest = new AtomicBoolean();

    private BoundedKeys<String> keys(int most) {
        return new BoundedKeys<>(most, timers, state -> rest.get(), name -> name);
    }

    @Test
    void givesEachNameItsOwn() {
        BoundedKeys<String> keys = keys(10);
        assertThat(keys.of("a", "b")).isEqualTo("a b").isSameAs(keys.of("a", "b"));
        assertThat(keys.of("a", "")).isEqualTo("a");
        assertThat(keys.of("", "b")).isEqualTo("b");
        assertThat(keys.all()).containsExactlyInAnyOrder("a b", "a", "b", BoundedKeys.OTHERS);
    }

    @Test
    void givesThoseBeyondTheBoundOneTogether() {
        BoundedKeys<String> keys = keys(2);
        keys.of("a", "1");
        keys.of("a", "2");
        assertThat(keys.of("a", "3")).isEqualTo(BoundedKeys.OTHERS).isSameAs(keys.of("b", "4"));
        assertThat(keys.of("a", "1")).isEqualTo("a 1");
        assertThat(keys.all()).hasSize(3);
    }

    @Test
    void keepsNoLongNames() {
        assertThat(keys(2).of("a", "x".repeat(129))).isEqualTo(BoundedKeys.OTHERS);
    }

    @Test
    void forgetsThoseAtRestOnceASecondAtMost() {
        BoundedKeys<String> keys = keys(1);
        keys.of("a", "1");
        assertThat(keys.of("a", "2")).as("looked, none rests").isEqualTo(BoundedKeys.OTHERS);
        rest.set(true);
        assertThat(keys.of("a", "2")).as("not looked again").isEqualTo(BoundedKeys.OTHERS);
        timers.advance(Duration.ofSeconds(1));
        assertThat(keys.of("a", "2")).isEqualTo("a 2");
        assertThat(keys.all()).containsExactly("a 2", BoundedKeys.OTHERS);
    }

    @Test
    void firstPartsThatAreGoneMakePlaceToo() {
        BoundedKeys<String> keys = keys(2);
        rest.set(true);
        for (int i = 0; i < 10; i++) {
            String first = "service" + i;
            assertThat(keys.of(first, "1")).isEqualTo(first + " 1");
            timers.advance(Duration.ofSeconds(1));
        }
        assertThat(keys.all()).hasSizeLessThanOrEqualTo(3);
    }
}
