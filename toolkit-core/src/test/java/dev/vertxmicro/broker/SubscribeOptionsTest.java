package dev.vertxmicro.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscribeOptionsTest {
    private static final SubscribeOptions DEFAULTS = SubscribeOptions.DEFAULTS;

    @Test
    void acknowledgesByItselfByDefault() {
        assertThat(DEFAULTS.queue()).isEmpty();
        assertThat(DEFAULTS.autoAck()).isTrue();
        assertThat(DEFAULTS.maxAttempts()).isEqualTo(5);
        assertThat(DEFAULTS.redeliveryDelay()).isEqualTo(Duration.ofMillis(100));
        assertThat(DEFAULTS.maxRedeliveryDelay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(DEFAULTS.deadLetter()).isEmpty();
        assertThat(DEFAULTS.bufferMessages()).isEqualTo(256);
        assertThat(DEFAULTS.handlerTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void changesEachComponentAlone() {
        OptionsAssert.of(DEFAULTS)
                .changes("queue", o -> o.withQueue("mailer"))
                .changes("autoAck", o -> o.withAutoAck(false))
                .changes("maxAttempts", o -> o.withMaxAttempts(1))
                .changes("redeliveryDelay", o -> o.withRedelivery(Duration.ZERO, o.maxRedeliveryDelay()))
                .changes("maxRedeliveryDelay", o -> o.withRedelivery(o.redeliveryDelay(), Duration.ofMinutes(1)))
                .changes("deadLetter", o -> o.withDeadLetter("dead"))
                .changes("bufferMessages", o -> o.withBufferMessages(1))
                .changes("handlerTimeout", o -> o.withHandlerTimeout(Duration.ZERO))
                .coversAll();
    }

    @Test
    void refusesValuesOutOfBounds() {
        assertThatThrownBy(() -> DEFAULTS.withQueue(" ")).hasMessage("queue: empty (expected: a name)");
        assertThatThrownBy(() -> DEFAULTS.withDeadLetter("")).hasMessage("deadLetter: empty (expected: a name)");
        assertThatThrownBy(() -> DEFAULTS.withMaxAttempts(0)).hasMessage("maxAttempts: 0 (expected: >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withBufferMessages(0)).hasMessage("bufferMessages: 0 (expected: >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withHandlerTimeout(Duration.ofNanos(-1)))
                .hasMessage("handlerTimeout: PT-0.000000001S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withRedelivery(Duration.ofMillis(-1), Duration.ZERO))
                .hasMessage("redeliveryDelay: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withRedelivery(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("maxRedeliveryDelay: PT1S (expected: >= PT2S)");
    }

    @Test
    void doublesTheDelayUpToTheLongest() {
        assertThat(DEFAULTS.delayAfter(1)).isEqualTo(Duration.ofMillis(100));
        assertThat(DEFAULTS.delayAfter(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(DEFAULTS.delayAfter(7)).isEqualTo(Duration.ofMillis(6400));
        assertThat(DEFAULTS.delayAfter(8)).isEqualTo(Duration.ofSeconds(10));
        assertThat(DEFAULTS.delayAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void neitherOverflowsNorSpins() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        assertThat(DEFAULTS.withRedelivery(Duration.ofSeconds(1), longest).delayAfter(Integer.MAX_VALUE))
                .isEqualTo(longest);
        assertThat(DEFAULTS.withRedelivery(Duration.ZERO, longest).delayAfter(Integer.MAX_VALUE))
                .isZero();
    }
}
