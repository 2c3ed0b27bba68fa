package dev.vertxmicro.registry.consul.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.registry.consul.wire.NodeLocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8500, 127.0.0.1:8500",
        "consul.example, consul.example:8500",
        "consul.example:1, consul.example:1",
        "[::1]:9, [::1]:9",
        "[::1], [::1]:8500",
        "::1, [::1]:8500"
    })
    void addsThePortOfAnAgent(String text, String normal) {
        assertThat(AgentAddress.normal(text)).isEqualTo(normal);
        assertThat(AgentAddress.normal(normal)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":8500", "a:0", "a:65536", "a:x", "http://a:8500", "a b", "[::1"})
    void refusesWhatIsNoAgent(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentAddress.parse(text))
                .withMessageStartingWith("address: \"" + text + "\" (expected: ");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3:9001, 10.1.2.3, 9001",
        "[fd00::1]:9001, fd00::1, 9001",
        "[fe80::1%eth0]:9001, fe80::1%eth0, 9001",
        "host.example:80, host.example, 80",
        "host.example, host.example, 0",
        "host:http, host:http, 0",
        "host:99999, host:99999, 0",
        "/run/socket, /run/socket, 0",
        "fd00::1, fd00::1, 0"
    })
    void splitsAndJoinsAddressesOfNodes(String address, String host, int port) {
        assertThat(NodeLocation.of(address)).isEqualTo(new NodeLocation(host, port));
        assertThat(new NodeLocation(host, port).address()).isEqualTo(address);
    }
}
