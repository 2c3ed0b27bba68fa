package dev.vertxmicro.transport.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerPaceTest {
    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, true",
        "100, 100, 0, true",
        "101, 101, 0, false",
        "200, 0, 799, false",
        "200, 0, 800, true",
        "5000, 10, 100, false",
        "5000, 500, 16000000, true",
        "5000, 501, 16000000, false",
        "9000000000, 0, 9223372036854775, true"
    })
    void comesUnlessItHaltsOrDrips(long sinceBegun, long sinceLast, long bytes, boolean comes) {
        assertThat(AnswerPace.comes(sinceBegun * MILLI, sinceLast * MILLI, bytes))
                .isEqualTo(comes);
    }
}
