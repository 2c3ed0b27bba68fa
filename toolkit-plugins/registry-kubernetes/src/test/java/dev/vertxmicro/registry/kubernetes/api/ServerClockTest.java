package dev.vertxmicro.registry.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final Instant OWN = Instant.parse("2026-01-31T12:00:00.250Z");

    private final ServerClock clock = new ServerClock(() -> OWN);

    @Test
    void isThatOfThisMachineUntilAServerSaysOtherwise() {
        assertThat(clock.now()).isEqualTo(OWN);
        clock.heard(null);
        clock.heard("yesterday");
        assertThat(clock.now()).isEqualTo(OWN);
    }

    @Test
    void believesTheServerAboutMoreThanItsHeaderCutsOff() {
        clock.heard("Sat, 31 Jan 2026 12:00:00 GMT");
        assertThat(clock.now()).isEqualTo(OWN);
        clock.heard("Sat, 31 Jan 2026 13:00:00 GMT");
        assertThat(clock.now()).isBetween(OWN.plus(Duration.ofMinutes(59)), OWN.plus(Duration.ofMinutes(61)));
        clock.heard("Sat, 31 Jan 2026 11:00:00 GMT");
        assertThat(clock.now()).isBetween(OWN.minus(Duration.ofMinutes(61)), OWN.minus(Duration.ofMinutes(59)));
    }
}
