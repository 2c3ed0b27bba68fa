package dev.vertxmicro.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubscribeOptionsTest {
    private static final SubscribeOptions DEFAULTS = SubscribeOptions.DEFAULTS;

    @Test
    void hasItsDefaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new SubscribeOptions(
                        Optional.empty(),
                        true,
                        5,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        128,
                        1));
    }

    @Test
    void changesEveryComponent() {
        assertThat(DEFAULTS.withQueue("q")
                        .withAutoAck(false)
                        .withMaxAttempts(7)
                        .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .withDeadLetter("dead")
                        .withBuffer(9)
                        .withMaxInFlight(8))
                .isEqualTo(new SubscribeOptions(
                        Optional.of("q"),
                        false,
                        7,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Optional.of("dead"),
                        9,
                        8));
        assertThat(SubscribeOptions.class.getRecordComponents()).hasSize(8);
    }

    @Test
    void refusesWhatCannotBe() {
        refuses(() -> DEFAULTS.withQueue(""), "queue: \"\" (expected: a name, or none)");
        refuses(() -> DEFAULTS.withMaxAttempts(0), "maxAttempts: 0 (expected: >= 1)");
        refuses(
                () -> DEFAULTS.withBackoff(Duration.ofSeconds(-1), Duration.ZERO),
                "backoff: PT-1S (expected: >= PT0S)");
        refuses(
                () -> DEFAULTS.withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)),
                "maxBackoff: PT1S (expected: >= PT2S)");
        refuses(() -> DEFAULTS.withDeadLetter(""), "deadLetter: \"\" (expected: a topic, or none)");
        refuses(() -> DEFAULTS.withBuffer(0), "buffer: 0 (expected: >= 1)");
        refuses(() -> DEFAULTS.withMaxInFlight(129), "maxInFlight: 129 (expected: 1 to 128)");
        refuses(() -> DEFAULTS.withMaxInFlight(0), "maxInFlight: 0 (expected: 1 to 128)");
    }

    private static void refuses(Runnable making, String message) {
        assertThatIllegalArgumentException().isThrownBy(making::run).withMessage(message);
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        SubscribeOptions options = DEFAULTS.withBackoff(Duration.ofMillis(100), Duration.ofSeconds(1));
        assertThat(options.pauseAfter(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(options.pauseAfter(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(options.pauseAfter(4)).isEqualTo(Duration.ofMillis(800));
        assertThat(options.pauseAfter(5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(1));
        assertThat(DEFAULTS.withBackoff(Duration.ZERO, Duration.ZERO).pauseAfter(63))
                .isZero();
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(DEFAULTS.withBackoff(longest, longest).pauseAfter(9)).isEqualTo(longest);
    }
}
