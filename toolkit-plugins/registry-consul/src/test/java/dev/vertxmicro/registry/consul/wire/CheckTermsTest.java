package dev.vertxmicro.registry.consul.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTermsTest {

    @ParameterizedTest
    @CsvSource({
        "PT10S, 10s, 1m5s",
        "PT59S, 59s, 1m5s",
        "PT1M, 1m0s, 1m5s",
        "PT1M30S, 1m30s, 1m35s",
        "PT1H, 1h0m0s, 1h0m5s",
        "PT1.5S, 1.5s, 1m5s",
        "PT0.25S, 250ms, 1m5s"
    })
    void writesTheTermsOfGoMicro(Duration ttl, String text, String deregister) {
        assertThat(CheckTerms.of(ttl)).isEqualTo(new CheckTerms(text, deregister));
    }

    @Test
    void writesDurationsAsGoDoes() {
        assertThat(CheckTerms.goText(Duration.ZERO)).isEqualTo("0s");
        assertThat(CheckTerms.goText(Duration.ofNanos(1))).isEqualTo("1ns");
        assertThat(CheckTerms.goText(Duration.ofNanos(1500))).isEqualTo("1.5µs");
        assertThat(CheckTerms.goText(Duration.ofNanos(1_100_000))).isEqualTo("1.1ms");
        assertThat(CheckTerms.goText(Duration.ofNanos(3_661_000_000_001L))).isEqualTo("1h1m1.000000001s");
        assertThat(CheckTerms.goText(Duration.ofSeconds(100))).isEqualTo("1m40s");
    }
}
