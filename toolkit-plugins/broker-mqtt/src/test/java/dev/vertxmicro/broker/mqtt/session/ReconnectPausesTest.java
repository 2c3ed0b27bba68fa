package dev.vertxmicro.broker.mqtt.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconnectPausesTest {

    @Test
    void doublesThePauseUpToTheLongest() {
        ReconnectPauses pauses = new ReconnectPauses(Duration.ofMillis(100), Duration.ofSeconds(10));
        assertThat(pauses.pause(0, 0.5)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.pause(1, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(pauses.pause(1, 1)).isEqualTo(Duration.ofMillis(300));
        assertThat(pauses.pause(Integer.MAX_VALUE, 0.5)).isEqualTo(Duration.ofSeconds(10));
    }
}
