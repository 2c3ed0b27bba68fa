package dev.vertxmicro.registry.mdns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeAddressTest {

    private static NodeAddress of(String address) {
        return NodeAddress.of(new Node("n", address, Map.of()));
    }

    private static InetAddress six(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void keepsTheZoneOfALinkLocalAddress() throws Exception {
        int index = NetworkInterface.getByName("lo").getIndex();
        assertThat(of("[fe80::1%lo]:9001").text()).isEqualTo("[fe80:0:0:0:0:0:0:1%" + index + "]:9001");
        assertThat(of("[fe80::1%" + index + "]:9001").text()).isEqualTo("[fe80:0:0:0:0:0:0:1%" + index + "]:9001");
        assertThat(of("[fe80::1]:9001").text()).isEqualTo("[fe80:0:0:0:0:0:0:1]:9001");
        assertThat(of("[fd00::1]:9001").text()).isEqualTo("[fd00:0:0:0:0:0:0:1]:9001");
    }

    @Test
    void refusesAZoneThatMeansNothing() {
        for (String address :
                List.of("[fe80::1%nowhere]:1", "[fe80::1%]:1", "[fd00::1%lo]:1", "fe80::1%lo:1", "10.0.0.1%lo:1")) {
            assertThatExceptionOfType(MicroException.class)
                    .as(address)
                    .isThrownBy(() -> of(address))
                    .satisfies(error -> assertThat(error.code()).isEqualTo(400));
        }
    }

    @Test
    void callsALinkLocalNodeThroughTheInterfaceItWasHeardOn() throws Exception {
        InetAddress source = NodeAddress.onLink(six("fe80::2"), NetworkInterface.getByIndex(1));
        assertThat(NodeAddress.heard(six("fe80::1"), source)).contains("[fe80:0:0:0:0:0:0:1%1]");
        assertThat(NodeAddress.heard(six("fe80::1"), six("10.0.0.1"))).isEmpty();
        assertThat(NodeAddress.heard(six("fd00::1"), six("10.0.0.1"))).contains("[fd00:0:0:0:0:0:0:1]");
    }

    @Test
    void knowsTheLinksOnWhichAnAddressCanBeCalled() throws Exception {
        Inet6Address zoned = Inet6Address.getByAddress(null, six("fe80::1").getAddress(), 7);
        assertThat(NodeAddress.isOnLink(zoned, 7)).isTrue();
        assertThat(NodeAddress.isOnLink(zoned, 8)).isFalse();
        assertThat(NodeAddress.isOnLink((Inet6Address) six("fe80::1"), 8)).isTrue();
        assertThat(NodeAddress.isOnLink((Inet6Address) six("fd00::1"), 8)).isTrue();
    }
}
