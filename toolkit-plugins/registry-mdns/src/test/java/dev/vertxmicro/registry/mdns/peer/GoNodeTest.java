package dev.vertxmicro.registry.mdns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stock go-micro process multicasts, and what is left of it once it was killed. */
class GoNodeTest {
    /** PTR, SRV, A and TXT of the service foo, node foo-1 at 10.1.2.3:9090, each to live 120 s; captured. */
    private static final String ANSWER = "00008400000000040000000003666f6f056d6963726f00000c000100000078000805666f6f"
            + "2d31c00cc0210021000100000078000d000a0001238205686f73743100c03b000100010000007800040a010203c021001000010000"
            + "007800a9a8";

    private static final String TEXT = "789c04c0310a43210c80e1bbfcb34bd7ec1d3b15ba8b2f05c126a2b18b78f7f76dde3afeb528"
            + "c2d79dc447c7ac6e080f124fbbba578b89d86a2df1d2c8578e8c6cfaf0f0e20de1b74ae79c3b0000ffff0c9c1a9a";

    private final FakeNetwork network = new FakeNetwork();
    private final MdnsPeer client = network.join();
    private final List<RegistryChange> changes = new ArrayList<>();

    private static byte[] packet() {
        byte[] head = HexFormat.of().parseHex(ANSWER);
        byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
        byte[] packet = java.util.Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, packet, head.length, text.length);
        return packet;
    }

    @Test
    void leavesTheListWhenTwoMinutesHavePassed() {
        client.watch(changes::add, () -> {});
        network.advance(Duration.ofMillis(200));
        network.send(packet());
        assertThat(changes).extracting(RegistryChange::action).containsExactly(Action.CREATE);
        assertThat(changes.get(0).service().nodes().get(0).address()).isEqualTo("10.1.2.3:9090");
        network.advance(Duration.ofSeconds(119));
        assertThat(changes).hasSize(1);
        network.advance(Duration.ofSeconds(2));
        assertThat(changes).extracting(RegistryChange::action).containsExactly(Action.CREATE, Action.DELETE);
        List<Object> found = new ArrayList<>();
        client.get("foo", found::addAll);
        network.advance(Duration.ofMillis(200));
        assertThat(found).isEmpty();
    }
}
