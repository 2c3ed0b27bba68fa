package dev.vertxmicro.registry.mdns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketWriter;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A peer that publishes a node of either family, and one that is link-local on lo. */
class Ipv6AnswersTest {
    private final FakeNetwork network = new FakeNetwork();
    private final MdnsPeer server = network.join();

    @BeforeEach
    void register() {
        Node four = new Node("foo-4", "10.0.0.1:1", Map.of());
        Node six = new Node("foo-6", "[fd00::1]:1", Map.of());
        Node local = new Node("foo-l", "[fe80::1%lo]:1", Map.of());
        server.register(service("foo", four, six, local), Duration.ZERO);
        server.register(service("bar", new Node("bar-4", "10.0.0.1:2", Map.of())), Duration.ZERO);
        network.settle();
        network.forget();
    }

    private static ServiceInfo service(String name, Node... nodes) {
        return new ServiceInfo(name, "1", Map.of(), List.of(), List.of(nodes));
    }

    private List<String> answers(String name, InetSocketAddress from) throws IOException {
        network.forget();
        network.send(PacketWriter.query(1, List.of(DnsNames.name("name", name)), Type.PTR), from);
        List<String> owners = new ArrayList<>();
        for (byte[] packet : network.answers) {
            owners.add(DnsNames.text(
                    new Message(packet).getSection(Section.ANSWER).get(1).getName()));
        }
        return owners;
    }

    private static InetSocketAddress from(String address) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(address), 40_000);
    }

    private static InetSocketAddress fromLink(int index) throws IOException {
        byte[] bytes = InetAddress.getByName("fe80::9").getAddress();
        return new InetSocketAddress(Inet6Address.getByAddress(null, bytes, index), 40_000);
    }

    @Test
    void tellsWhoAsksByIpv4AllButLinkLocalNodes() throws Exception {
        assertThat(answers("foo.micro", from("10.0.0.9"))).containsExactly("foo-4.foo.micro", "foo-6.foo.micro");
        assertThat(answers("_services.micro", from("10.0.0.9")))
                .containsExactly("foo._services.micro", "bar._services.micro");
    }

    @Test
    void tellsWhoAsksByIpv6OnlyWhatHeCanReach() throws Exception {
        int lo = NetworkInterface.getByName("lo").getIndex();
        assertThat(answers("foo.micro", fromLink(lo))).containsExactly("foo-6.foo.micro", "foo-l.foo.micro");
        assertThat(answers("foo.micro", fromLink(lo + 7))).containsExactly("foo-6.foo.micro");
        assertThat(answers("foo.micro", from("fd00::9"))).containsExactly("foo-6.foo.micro");
        assertThat(answers("bar.micro", fromLink(lo))).isEmpty();
        assertThat(answers("_services.micro", fromLink(lo))).containsExactly("foo._services.micro");
        assertThat(answers("foo-4.foo.micro", fromLink(lo))).isEmpty();
    }

    @Test
    void writesTheLocationBeforeTheAddress() throws Exception {
        network.send(PacketWriter.query(1, List.of(DnsNames.name("name", "foo.micro")), Type.PTR), from("fd00::9"));
        assertThat(network.answers).hasSize(1);
        assertThat(new Message(network.answers.get(0)).getSection(Section.ANSWER))
                .extracting(org.xbill.DNS.Record::getType)
                .containsExactly(Type.PTR, Type.SRV, Type.AAAA, Type.TXT);
    }

    @Test
    void putsTheZoneOfTheSourceToALinkLocalNode() throws Exception {
        MdnsPeer client = network.join();
        List<RegistryChange> changes = new ArrayList<>();
        client.watch(changes::add, () -> {});
        network.advance(Duration.ofMillis(500));
        changes.clear();
        NodeRecords local = NodeRecords.of(
                service("local", new Node("l", "[fe80::5]:1", Map.of())), "micro", DnsNames.name("host", "h"), 120);
        byte[] packet = PacketWriter.announcement(local.records(120));
        network.send(packet, from("10.0.0.9"));
        assertThat(changes).isEmpty();
        network.send(packet, fromLink(1));
        assertThat(changes)
                .extracting(change -> change.service().nodes().get(0).address())
                .containsExactly("[fe80:0:0:0:0:0:0:5%1]:1");
    }
}
