package dev.vertxmicro.registry.kubernetes.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenewalTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final Renewal MINUTE = new Renewal(NOON, Duration.ofMinutes(1));

    @Test
    void isReadAsItIsWritten() {
        assertThat(MINUTE.text()).isEqualTo("2026-01-31T12:00:00.123Z PT1M");
        assertThat(Renewal.parse(MINUTE.text())).contains(MINUTE);
    }

    @Test
    void isNothingElse() {
        for (String text : List.of(
                "",
                " ",
                "now",
                "2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00Z 5",
                "2026-01-31T12:00:00Z PT0S",
                "2026-01-31T12:00:00Z PT-1S",
                "2026-13-31T12:00:00Z PT1S",
                "x".repeat(200) + " PT1S")) {
            assertThat(Renewal.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void lapsesWhenItsTimeIsOverAndNeverLastsLonger() {
        assertThat(MINUTE.left(NOON.plusSeconds(20))).isEqualTo(Duration.ofSeconds(40));
        assertThat(MINUTE.left(NOON.plusSeconds(70))).isEqualTo(Duration.ofSeconds(-10));
        assertThat(MINUTE.left(NOON.minusSeconds(500))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void hasLapsedByAYearAtMost() {
        Renewal ancient = Renewal.parse("-1000000000-01-01T00:00:00Z PT1M").orElseThrow();
        assertThat(ancient.left(NOON)).isEqualTo(Duration.ofDays(-365));
    }

    @Test
    void lastsAYearAtMost() {
        assertThat(new Renewal(NOON, Duration.ofSeconds(Long.MAX_VALUE)).ttl()).isEqualTo(Duration.ofDays(365));
    }
}
