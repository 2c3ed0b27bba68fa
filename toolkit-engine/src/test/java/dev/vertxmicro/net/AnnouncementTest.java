package dev.vertxmicro.net;

import static dev.vertxmicro.net.Announcement.CONTINUE;
import static dev.vertxmicro.net.Announcement.NONE;
import static dev.vertxmicro.net.Announcement.TOO_LARGE;
import static dev.vertxmicro.net.Announcement.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncementTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', NONE",
        "'', 10, NONE",
        "'', 11, TOO_LARGE",
        "'', 104857600, TOO_LARGE",
        "'', 99999999999999999999999, TOO_LARGE",
        "'', ten, NONE",
        "'', -1, NONE",
        "100-continue, '', CONTINUE",
        "100-Continue, 10, CONTINUE",
        "100-continue, 11, TOO_LARGE",
        "200-ok, 10, UNKNOWN",
        "'100-continue, more', 10, UNKNOWN",
    })
    void readsWhatAHeadAnnounces(String expect, String contentLength, Announcement announced) {
        assertThat(Announcement.of(expect, contentLength, 10)).isEqualTo(announced);
        assertThat(announced).isIn(NONE, CONTINUE, UNKNOWN, TOO_LARGE);
    }
}
