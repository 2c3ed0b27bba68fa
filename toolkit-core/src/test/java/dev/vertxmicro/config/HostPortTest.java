package dev.vertxmicro.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3:9001, 10.1.2.3, 9001",
        "host.example:65535, host.example, 65535",
        "[fd00::1]:80, fd00::1, 80",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80"
    })
    void readsAndWritesTheAddressOfANode(String text, String host, int port) {
        assertThat(HostPort.parse(text)).contains(new HostPort(host, port));
        assertThat(HostPort.split(text)).contains(new HostPort(host, port));
        assertThat(HostPort.parse(text, 1)).contains(new HostPort(host, port));
        assertThat(HostPort.listening(text)).isEqualTo(new HostPort(host, port));
        assertThat(HostPort.advertised("advertise", text)).isEqualTo(new HostPort(host, port));
        assertThat(new HostPort(host, port).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":80",
                "host",
                "host:",
                "host:0",
                "host:-1",
                "host:+80",
                "host:65536",
                "host:9999999999",
                "a:b"
            })
    void findsNoNodeInWhatIsNone(String text) {
        assertThat(HostPort.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "host, host, 1883",
        "host:1, host, 1",
        "::1, ::1, 1883",
        "[::1], ::1, 1883",
        "[::1]:9, ::1, 9",
        "fe80::1%eth0, fe80::1%eth0, 1883"
    })
    void addsThePortThatIsLeftOut(String text, String host, int port) {
        assertThat(HostPort.parse(text, 1883)).contains(new HostPort(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":80", "a b", "[::1", "::1]", "[::1]x:80", "u@host:80", "a/b:80", "host:0", "host:x"})
    void addsNoPortToWhatIsNoHost(String text) {
        assertThat(HostPort.parse(text, 1883)).isEmpty();
    }

    @Test
    void splitsWhatListenersSay() {
        assertThat(HostPort.split(":0")).contains(new HostPort("", 0));
        assertThat(HostPort.split("[::]:-1")).contains(new HostPort("::", -1));
        assertThat(HostPort.split("::1")).contains(new HostPort(":", 1));
        assertThat(HostPort.split("0")).isEmpty();
    }

    @Test
    void saysWhatItExpectsOfAnAddressToListenOn() {
        assertThat(HostPort.listening(":0")).isEqualTo(new HostPort("0.0.0.0", 0));
        assertThat(HostPort.listening("[::]:0").text()).isEqualTo("[::]:0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.listening("::1:80"))
                .withMessage("address: ::1:80 (expected: host:port, port 0 to 65535)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.advertised("advertise", "host:0"))
                .withMessage("advertise: host:0 (expected: host:port, port 1 to 65535)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.listening(""))
                .withMessage("address: empty (expected: host:port, port 0 to 65535)");
    }
}
