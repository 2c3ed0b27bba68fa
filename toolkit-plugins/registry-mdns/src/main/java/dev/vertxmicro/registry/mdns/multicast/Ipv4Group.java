package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.time.LateLogger;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The IPv4 group, go-micro's. One socket joins it on all interfaces, so that what was sent first is read first whichever way
 * it came.
 */
final class Ipv4Group implements MulticastGroup {
    private static final System.Logger LOG = LateLogger.of(Ipv4Group.class);

    private record Joined(NetworkInterface device, MembershipKey membership) {}

    private final List<String> interfaces;
    private final Datagrams datagrams;
    private final EchoFilter echoes;
    private final InetAddress groupAddress;
    private final InetSocketAddress group;
    private final DatagramChannel shared;
    private final DatagramChannel own;
    private Map<Interfaces.Link, Joined> links = new LinkedHashMap<>();

    /**
     * Opens the sockets and joins nothing yet.
     *
     * @param settings  group, port, interfaces
     * @param datagrams opens them
     * @param echoes    tells copies
     * @throws IOException if a socket cannot be opened or bound
     */
    Ipv4Group(MulticastSettings settings, Datagrams datagrams, EchoFilter echoes) throws IOException {
        interfaces = settings.interfaces();
        this.datagrams = datagrams;
        this.echoes = echoes;
        groupAddress = InetAddress.getByName(settings.group());
        group = new InetSocketAddress(groupAddress, settings.port());
        // On Linux a socket bound to the group gets no unicast that is meant for another responder of this host.
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        shared = datagrams.open(
                StandardProtocolFamily.INET, linux ? group : new InetSocketAddress("0.0.0.0", settings.port()));
        try {
            own = datagrams.open(StandardProtocolFamily.INET, new InetSocketAddress("0.0.0.0", 0));
        } catch (IOException e) {
            shared.close();
            throw e;
        }
    }

    @Override
    public boolean checkInterfaces() {
        Map<Interfaces.Link, NetworkInterface> usable = Interfaces.withIpv4(interfaces);
        if (usable.keySet().equals(links.keySet())) {
            return false;
        }
        Map<Interfaces.Link, Joined> next = new LinkedHashMap<>();
        links.forEach((link, joined) -> {
            if (usable.containsKey(link)) {
                next.put(link, joined);
            } else {
                joined.membership().drop();
            }
        });
        usable.forEach((link, device) -> {
            if (!next.containsKey(link)) {
                join(device).ifPresent(joined -> next.put(link, joined));
            }
        });
        boolean changed = !next.keySet().equals(links.keySet());
        links = next;
        return changed;
    }

    private Optional<Joined> join(NetworkInterface device) {
        try {
            return Optional.of(new Joined(device, shared.join(groupAddress, device)));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot join on " + device.getName(), e);
            return Optional.empty();
        }
    }

    @Override
    public boolean isJoined() {
        return !links.isEmpty();
    }

    /** {@inheritDoc} A link-local IPv6 address would lose its interface on the way. */
    @Override
    public int announce(ByteBuffer packet, InetAddress node) {
        boolean reachable = node instanceof Inet4Address || !node.isLinkLocalAddress();
        return reachable ? send(shared, packet) : 0;
    }

    @Override
    public int ask(ByteBuffer packet) {
        return send(own, packet);
    }

    private int send(DatagramChannel channel, ByteBuffer packet) {
        links.values().forEach(joined -> Datagrams.send(channel, joined.device(), packet, group));
        return links.size();
    }

    @Override
    public void answer(ByteBuffer packet, InetSocketAddress peer) {
        Datagrams.send(shared, packet, peer);
    }

    @Override
    public void drainAnswers(Consumer<Datagrams.Incoming> receiver) {
        drain(own, receiver);
    }

    @Override
    public void drainGroup(Consumer<Datagrams.Incoming> receiver) {
        drain(shared, receiver);
    }

    private void drain(DatagramChannel channel, Consumer<Datagrams.Incoming> receiver) {
        List<Datagrams.Incoming> received = new ArrayList<>();
        datagrams.drain(channel, received);
        for (Datagrams.Incoming incoming : received) {
            InetSocketAddress source = incoming.source();
            if (!isLocal(source.getAddress()) || !echoes.isCopy(incoming.packet(), source.getPort())) {
                receiver.accept(incoming);
            }
        }
    }

    private boolean isLocal(InetAddress address) {
        return links.keySet().stream().anyMatch(link -> link.addresses().contains(address));
    }

    @Override
    public void close() {
        Datagrams.close(shared);
        Datagrams.close(own);
    }
}
