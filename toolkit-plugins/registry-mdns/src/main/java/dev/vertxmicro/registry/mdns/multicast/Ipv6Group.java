package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.registry.mdns.wire.NodeAddress;
import dev.vertxmicro.time.LateLogger;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The IPv6 group, which go-micro's peers cannot use: it carries nodes with IPv6 addresses only, so that a Go peer of a host
 * with both families hears nothing twice.
 *
 * <p>A link-local group has to be bound on each interface apart. Loopback is left to IPv4, which carries IPv6 nodes too.
 */
final class Ipv6Group implements MulticastGroup {
    private static final System.Logger LOG = LateLogger.of(Ipv6Group.class);

    private static final class Joined {
        private final NetworkInterface device;
        private final DatagramChannel channel;
        private boolean failed;

        Joined(NetworkInterface device, DatagramChannel channel) {
            this.device = device;
            this.channel = channel;
        }
    }

    private final MulticastSettings settings;
    private final Datagrams datagrams;
    private final LinkCopies copies;
    private final InetAddress groupAddress;
    private final DatagramChannel own;
    private Map<Interfaces.Link, Joined> links = new LinkedHashMap<>();

    /**
     * Opens the socket from which is asked and joins nothing yet.
     *
     * @param settings  group, port, interfaces
     * @param datagrams opens sockets
     * @param copies    tells what came over several links
     * @throws IOException if the socket cannot be opened
     */
    Ipv6Group(MulticastSettings settings, Datagrams datagrams, LinkCopies copies) throws IOException {
        this.settings = settings;
        this.datagrams = datagrams;
        this.copies = copies;
        groupAddress = InetAddress.getByName(settings.group6());
        own = datagrams.open(StandardProtocolFamily.INET6, new InetSocketAddress("::", 0));
    }

    @Override
    public boolean checkInterfaces() {
        Map<Interfaces.Link, NetworkInterface> usable = Interfaces.withIpv6(settings.interfaces());
        Map<Interfaces.Link, Joined> next = new LinkedHashMap<>();
        boolean retried = false;
        for (Map.Entry<Interfaces.Link, Joined> before : links.entrySet()) {
            Joined joined = before.getValue();
            if (usable.containsKey(before.getKey())) {
                next.put(before.getKey(), joined);
                // An address may not be used at once: the system asks first whether somebody else has it.
                retried |= joined.failed;
                joined.failed = false;
            } else {
                Datagrams.close(joined.channel);
            }
        }
        usable.forEach((link, device) -> {
            if (!next.containsKey(link)) {
                join(link, device, next);
            }
        });
        boolean changed = !next.keySet().equals(links.keySet());
        links = next;
        return changed || retried;
    }

    private void join(Interfaces.Link link, NetworkInterface device, Map<Interfaces.Link, Joined> next) {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        try {
            InetSocketAddress local = linux ? group(device) : new InetSocketAddress("::", settings.port());
            DatagramChannel channel = datagrams.open(StandardProtocolFamily.INET6, local);
            if (Datagrams.join(channel, groupAddress, device)) {
                next.put(link, new Joined(device, channel));
            } else {
                channel.close();
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot use IPv6 on " + device.getName(), e);
        }
    }

    private InetSocketAddress group(NetworkInterface device) throws UnknownHostException {
        InetAddress scoped = Inet6Address.getByAddress(null, groupAddress.getAddress(), device.getIndex());
        return new InetSocketAddress(scoped, settings.port());
    }

    @Override
    public boolean isJoined() {
        return !links.isEmpty();
    }

    /** {@inheritDoc} A link-local address makes sense on its own link only. */
    @Override
    public int announce(ByteBuffer packet, InetAddress node) {
        if (!(node instanceof Inet6Address address)) {
            return 0;
        }
        int sent = 0;
        for (Joined joined : links.values()) {
            if (NodeAddress.isOnLink(address, joined.device.getIndex())) {
                send(joined, joined.channel, packet);
                sent++;
            }
        }
        return sent;
    }

    @Override
    public int ask(ByteBuffer packet) {
        links.values().forEach(joined -> send(joined, own, packet));
        return links.size();
    }

    private void send(Joined joined, DatagramChannel channel, ByteBuffer packet) {
        try {
            joined.failed |= !Datagrams.send(channel, joined.device, packet, group(joined.device));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void answer(ByteBuffer packet, InetSocketAddress peer) {
        Joined joined = peer.getAddress() instanceof Inet6Address address ? on(address.getScopeId()) : null;
        Datagrams.send(joined == null ? own : joined.channel, packet, peer);
    }

    private @Nullable Joined on(int index) {
        for (Joined joined : links.values()) {
            if (joined.device.getIndex() == index) {
                return joined;
            }
        }
        return null;
    }

    @Override
    public void drainAnswers(Consumer<Datagrams.Incoming> receiver) {
        drain(own, received -> {
            if (received.source().getAddress() instanceof Inet6Address source) {
                Joined joined = on(source.getScopeId());
                receiver.accept(joined == null ? received : scoped(received, joined.device));
            }
        });
    }

    @Override
    public void drainGroup(Consumer<Datagrams.Incoming> receiver) {
        links.values()
                .forEach(joined -> drain(joined.channel, received -> {
                    boolean six = received.source().getAddress() instanceof Inet6Address;
                    if (six && !copies.isCopy(received.packet(), joined.device.getIndex())) {
                        receiver.accept(scoped(received, joined.device));
                    }
                }));
    }

    private void drain(DatagramChannel channel, Consumer<Datagrams.Incoming> receiver) {
        List<Datagrams.Incoming> received = new ArrayList<>();
        datagrams.drain(channel, received);
        received.forEach(receiver);
    }

    /** Names the interface in the source's address, by which a link-local address is called. */
    private static Datagrams.Incoming scoped(Datagrams.Incoming received, NetworkInterface device) {
        InetSocketAddress source = received.source();
        if (!source.getAddress().isLinkLocalAddress()) {
            return received;
        }
        try {
            InetAddress address = NodeAddress.onLink(source.getAddress(), device);
            return new Datagrams.Incoming(received.packet(), new InetSocketAddress(address, source.getPort()));
        } catch (UnknownHostException e) {
            return received;
        }
    }

    @Override
    public void close() {
        links.values().forEach(joined -> Datagrams.close(joined.channel));
        Datagrams.close(own);
    }
}
