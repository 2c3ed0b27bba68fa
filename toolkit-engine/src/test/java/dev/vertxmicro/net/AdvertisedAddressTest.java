package dev.vertxmicro.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvertisedAddressTest {
    private static List<InetAddress> addresses(String... literals) {
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : literals) {
            try {
                addresses.add(InetAddress.getByName(literal));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }
        return addresses;
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 203.0.113.9 10.0.0.1",
        "172.16.0.1, 203.0.113.9 172.16.0.1 10.0.0.1",
        "192.168.1.1, 127.0.0.1 fd00::2 192.168.1.1",
        "100.64.0.1, 203.0.113.9 100.64.0.1",
        "203.0.113.9, 127.0.0.1 203.0.113.9 fd00::2",
        "100.128.0.1, 100.128.0.1 203.0.113.9",
        "172.32.0.1, 172.32.0.1",
        "[fd00:0:0:0:0:0:0:2], 127.0.0.1 2001:db8::1 fd00::2 169.254.1.1",
        "[2001:db8:0:0:0:0:0:1], ::1 2001:db8::1 169.254.1.1",
        "169.254.1.1, 127.0.0.1 fe80::1 169.254.1.1",
        "127.0.0.1, ::1 127.0.0.1",
        "[0:0:0:0:0:0:0:1], ::1",
    })
    void choosesForAWildcard(String expected, String local) {
        assertThat(AdvertisedAddress.of("0.0.0.0:9090", addresses(local.split(" "))))
                .isEqualTo(expected + ":9090");
    }

    @Test
    void fallsBackToLoopbackOnAHostWithoutAddresses() {
        assertThat(AdvertisedAddress.of(":9090", List.of())).isEqualTo("127.0.0.1:9090");
    }

    @ParameterizedTest
    @CsvSource({
        ":80, 10.0.0.1:80",
        "[::]:80, 10.0.0.1:80",
        ":::80, 10.0.0.1:80",
        "0:0:0:0:0:0:0:0:80, 10.0.0.1:80",
        "[0:0:0:0:0:0:0:0]:80, 10.0.0.1:80",
        "::, 10.0.0.1",
        "[::], 10.0.0.1",
        "0.0.0.0, 10.0.0.1",
        "192.0.2.7:80, 192.0.2.7:80",
        "[::1]:80, [::1]:80",
        "example.org:80, example.org:80",
        "subject, subject",
    })
    void keepsAnAddressThatIsNoWildcard(String listening, String expected) {
        assertThat(AdvertisedAddress.of(listening, addresses("10.0.0.1"))).isEqualTo(expected);
    }

    @Test
    void choosesAnAddressOfThisHost() {
        assertThat(AdvertisedAddress.of(":9090")).matches("([0-9.]+|\\[[0-9a-f:%a-z]+]):9090");
    }
}
