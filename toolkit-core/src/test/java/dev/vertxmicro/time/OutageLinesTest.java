package dev.vertxmicro.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageLinesTest {
    private final ManualTimers timers = new ManualTimers();
    private final LogLines lines = LogLines.of(OutageLinesTest.class);
    private final OutageLines outage = new OutageLines(System.getLogger(OutageLinesTest.class.getName()), timers);

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void saysHowLongItWasAway() {
        outage.lost("mqtt a: connection lost, connecting again");
        timers.advance(Duration.ofMillis(2340));
        outage.lost("mqtt a: connection lost, connecting again");
        outage.back("mqtt a");
        assertThat(lines.lines())
                .containsExactly("mqtt a: connection lost, connecting again", "mqtt a: back after 2.3 s");
    }

    @Test
    void saysNothingOfWhatWasNotAway() {
        outage.back("mqtt a");
        outage.lost("lost");
        outage.end();
        outage.back("mqtt a");
        assertThat(lines.lines()).containsExactly("lost");
    }

    @Test
    void saysLateWhatCameTooOften() {
        for (int i = 0; i < 50; i++) {
            outage.lost("lost");
            timers.advance(Duration.ofMillis(100));
            outage.back("it");
            timers.advance(Duration.ofMillis(10));
        }
        timers.advance(Duration.ofSeconds(20));
        assertThat(lines.lines())
                .containsExactly(
                        "lost", "it: back after 0.1 s", "lost (and 48 more)", "it: back after 0.1 s (and 48 more)");
    }
}
