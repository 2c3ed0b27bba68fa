package dev.vertxmicro.registry.mdns.peer;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketSender;
import dev.vertxmicro.registry.mdns.wire.PacketWriter;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** mDNS packets, queries and responses, into a peer that serves and watches: it drops what is malformed and throws nothing. */
public final class PacketTarget implements FuzzTarget {
    private static final InetSocketAddress SOURCE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5353);
    private static final PacketSender NOWHERE = new PacketSender() {
        @Override
        public void announce(byte[] packet, InetAddress node) {}

        @Override
        public void ask(byte[] packet) {}

        @Override
        public void answer(byte[] packet, InetSocketAddress peer) {}
    };

    private static ServiceInfo foo() {
        Node node = new Node("foo-1", "10.1.2.3:9090", Map.of("protocol", "mucp"));
        return new ServiceInfo("foo", "1", Map.of(), List.of(), List.of(node));
    }

    @Override
    public void decode(byte[] input) {
        ManualTimers timers = Timers.manual();
        MdnsPeer peer = new MdnsPeer(FakeNetwork.settings("host1"), timers, NOWHERE);
        peer.register(foo(), Duration.ZERO);
        peer.watch(change -> {}, () -> {});
        peer.list(names -> {});
        peer.receive(input, SOURCE);
        timers.advance(Duration.ofSeconds(1));
        peer.get("foo", found -> {});
        peer.close(() -> {});
    }

    @Override
    public List<byte[]> seeds() {
        Name host = DnsNames.name("host", "evil");
        NodeRecords node = NodeRecords.of(foo(), "micro", host, 120);
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(PacketWriter.answer(node.all()));
        seeds.add(PacketWriter.announcement(node.records(0)));
        seeds.add(PacketWriter.answer(NodeRecords.listing("foo", "micro", host).all()));
        seeds.add(PacketWriter.query(1, List.of(node.owner()), Type.PTR));
        seeds.add(PacketWriter.query(1, List.of(DnsNames.name("name", "_services.micro"), host), Type.ANY));
        // A name that points at itself.
        seeds.add(new byte[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0, 12, 0, 12, 0, 1});
        seeds.addAll(Inputs.of("", "x"));
        return seeds;
    }
}
