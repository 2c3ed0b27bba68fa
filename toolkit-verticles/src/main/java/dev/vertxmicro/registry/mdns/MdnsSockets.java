package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.time.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * The two sockets of a peer: one on the group's port, shared with all other responders of the host, and one on a port of its
 * own from which it asks. Confined to the thread of its timers. Queries and answers go before announcements.
 *
 * <p>One socket joins the group on all interfaces, so that what was sent first is read first whichever way it came. Bursts
 * are paced, so that they fit into the receive buffers of peers.
 */
final class MdnsSockets implements Wire {
    private static final System.Logger LOG = System.getLogger(MdnsSockets.class.getName());
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int BURST = 64;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final int MAX_QUEUED = 20_000;
    private static final int MAX_DRAINED_BYTES = 8 << 20;
    private static final int OVERHEAD_BYTES = 64;
    private static final int MAX_DATAGRAM = 65_536;

    private record Outgoing(DatagramChannel channel, ByteBuffer packet, InetSocketAddress to, boolean multicast) {}

    private record Joined(NetworkInterface device, MembershipKey membership) {}

    private record Incoming(ByteBuffer packet, InetSocketAddress source) {}

    private final MdnsOptions options;
    private final Timers timers;
    private final InetAddress groupAddress;
    private final InetSocketAddress group;
    private final DatagramChannel shared;
    private final DatagramChannel own;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    private final EchoFilter echoes;
    private final Queue<Outgoing> urgent = new ArrayDeque<>();
    private final Queue<Outgoing> announcements = new ArrayDeque<>();
    private Map<Interfaces.Link, Joined> links = new LinkedHashMap<>();
    private int burst;
    private boolean warned;

    /**
     * Opens the sockets and joins the group.
     *
     * @param options  group, port, interfaces
     * @param timers   of the thread
     * @param selector told when something was received
     * @throws IOException if a socket cannot be opened or bound
     */
    MdnsSockets(MdnsOptions options, Timers timers, Selector selector) throws IOException {
        this.options = options;
        this.timers = timers;
        echoes = new EchoFilter(timers);
        groupAddress = InetAddress.getByName(options.group());
        group = new InetSocketAddress(groupAddress, options.port());
        // On Linux a socket bound to the group gets no unicast that is meant for another responder of this host.
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        shared = open(linux ? group : new InetSocketAddress(options.port()), selector);
        try {
            own = open(new InetSocketAddress(0), selector);
        } catch (IOException e) {
            shared.close();
            throw e;
        }
        checkInterfaces();
    }

    private static DatagramChannel open(InetSocketAddress local, Selector selector) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, local.getPort() != 0);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 255);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.bind(local);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Looks at the interfaces again.
     *
     * @return true if there are others than before
     */
    boolean checkInterfaces() {
        Map<Interfaces.Link, NetworkInterface> usable = Interfaces.usable(options.interfaces());
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
        if (next.isEmpty() && (changed || !warned)) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "mdns: no usable interface (expected: one that is up with an IPv4 address)");
        }
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
    public void announce(byte[] packet) {
        enqueue(announcements, new Outgoing(shared, ByteBuffer.wrap(packet), group, true));
    }

    @Override
    public void ask(byte[] packet) {
        enqueue(urgent, new Outgoing(own, ByteBuffer.wrap(packet), group, true));
    }

    @Override
    public void answer(byte[] packet, InetSocketAddress peer) {
        enqueue(urgent, new Outgoing(shared, ByteBuffer.wrap(packet), peer, false));
    }

    private boolean isLocal(InetAddress address) {
        return links.keySet().stream().anyMatch(link -> link.addresses().contains(address));
    }

    private void enqueue(Queue<Outgoing> queue, Outgoing outgoing) {
        if (queue.size() < MAX_QUEUED) {
            queue.add(outgoing);
        }
        flush();
    }

    private void flush() {
        while (!isFlushed() && burst < BURST) {
            if (burst == 0) {
                timers.schedule(PAUSE, this::nextBurst);
            }
            Outgoing next = urgent.isEmpty() ? announcements.remove() : urgent.remove();
            burst += next.multicast() ? Math.max(1, links.size()) : 1;
            send(next);
        }
    }

    private void nextBurst() {
        burst = 0;
        flush();
    }

    private void send(Outgoing next) {
        if (next.multicast()) {
            links.values().forEach(joined -> send(next, joined.device()));
        } else {
            transmit(next);
        }
    }

    private void send(Outgoing next, NetworkInterface device) {
        try {
            next.channel().setOption(StandardSocketOptions.IP_MULTICAST_IF, device);
            transmit(next);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot use " + device.getName(), e);
        }
    }

    private static void transmit(Outgoing next) {
        try {
            next.channel().send(next.packet().duplicate(), next.to());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot send to " + next.to(), e);
        }
    }

    /**
     * Reads what has been received: all of it first, so that the buffers of the system are free again. Answers come before
     * what was sent to the group, so that a goodbye is not overtaken by an answer that was sent before it.
     *
     * @param receiver takes packet and source
     */
    void read(BiConsumer<byte[], InetSocketAddress> receiver) {
        List<Incoming> received = new ArrayList<>();
        drain(own, received);
        drain(shared, received);
        for (Incoming incoming : received) {
            InetSocketAddress source = incoming.source();
            if (!isLocal(source.getAddress()) || !echoes.isCopy(incoming.packet(), source.getPort())) {
                receiver.accept(incoming.packet().array(), source);
            }
        }
    }

    private void drain(DatagramChannel channel, List<Incoming> received) {
        try {
            for (int bytes = 0; bytes < MAX_DRAINED_BYTES; bytes += buffer.limit() + OVERHEAD_BYTES) {
                buffer.clear();
                InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
                if (source == null) {
                    return;
                }
                byte[] packet = new byte[buffer.flip().remaining()];
                buffer.get(packet);
                received.add(new Incoming(ByteBuffer.wrap(packet), source));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot receive", e);
        }
    }

    private boolean isFlushed() {
        return urgent.isEmpty() && announcements.isEmpty();
    }

    /**
     * Sends what still waits, then closes the sockets.
     *
     * @param done told when they are closed
     */
    void close(Runnable done) {
        if (!isFlushed()) {
            timers.schedule(PAUSE, () -> close(done));
            return;
        }
        close(shared);
        close(own);
        done.run();
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot close", e);
        }
    }
}
