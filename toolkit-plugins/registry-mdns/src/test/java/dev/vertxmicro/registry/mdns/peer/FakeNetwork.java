package dev.vertxmicro.registry.mdns.peer;

import dev.vertxmicro.registry.mdns.wire.PacketSender;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A network of peers in this object, whose time stands still until it is moved. Remembers every packet. */
final class FakeNetwork {
    private static final int SHARED_PORT = 5353;

    private record Packet(ByteBuffer bytes, InetSocketAddress from, int to) {}

    final ManualTimers timers = Timers.manual();
    final List<byte[]> announcements = new ArrayList<>();
    final List<byte[]> queries = new ArrayList<>();
    final List<byte[]> answers = new ArrayList<>();
    private final Map<Integer, MdnsPeer> peers = new LinkedHashMap<>();
    private int joined;
    private final Queue<Packet> packets = new ArrayDeque<>();

    static PeerSettings settings(String host) {
        return new PeerSettings("micro", host, SHARED_PORT, Duration.ofMillis(100));
    }

    MdnsPeer join() {
        int own = 40_000 + joined;
        MdnsPeer peer = new MdnsPeer(settings("host" + joined++), timers, wire(own));
        peers.put(own, peer);
        return peer;
    }

    void cut(MdnsPeer peer) {
        peers.values().remove(peer);
    }

    private PacketSender wire(int own) {
        return new PacketSender() {
            @Override
            public void announce(byte[] packet, InetAddress node) {
                announcements.add(packet);
                transmit(own, packet, at(SHARED_PORT), SHARED_PORT);
            }

            @Override
            public void ask(byte[] packet) {
                queries.add(packet);
                transmit(own, packet, at(own), SHARED_PORT);
            }

            @Override
            public void answer(byte[] packet, InetSocketAddress to) {
                answers.add(packet);
                transmit(own, packet, at(SHARED_PORT), to.getPort());
            }
        };
    }

    private void transmit(int own, byte[] packet, InetSocketAddress from, int to) {
        if (peers.containsKey(own)) {
            packets.add(new Packet(ByteBuffer.wrap(packet), from, to));
        }
    }

    private static InetSocketAddress at(int port) {
        return InetSocketAddress.createUnresolved("host", port);
    }

    void send(byte[] packet) {
        send(packet, at(50_000));
    }

    void send(byte[] packet, InetSocketAddress from) {
        packets.add(new Packet(ByteBuffer.wrap(packet), from, SHARED_PORT));
        settle();
    }

    void settle() {
        for (Packet packet = packets.poll(); packet != null; packet = packets.poll()) {
            for (Map.Entry<Integer, MdnsPeer> peer : List.copyOf(peers.entrySet())) {
                if (packet.to() == SHARED_PORT || packet.to() == peer.getKey()) {
                    peer.getValue().receive(packet.bytes().array(), packet.from());
                }
            }
        }
    }

    void advance(Duration time) {
        long steps = time.toMillis();
        for (long i = 0; i < steps; i++) {
            settle();
            timers.advance(Duration.ofMillis(1));
        }
        settle();
    }

    void forget() {
        announcements.clear();
        queries.clear();
        answers.clear();
    }
}
