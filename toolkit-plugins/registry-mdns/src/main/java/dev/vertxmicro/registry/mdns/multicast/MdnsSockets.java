package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.registry.mdns.wire.PacketSender;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.Timers;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

/**
 * The sockets of a peer, IPv4's and IPv6's. Confined to the thread of its timers. Queries and answers go before
 * announcements; bursts are paced, so that they fit into the receive buffers of peers.
 */
public final class MdnsSockets implements PacketSender {
    private static final System.Logger LOG = LateLogger.of(MdnsSockets.class);
    private static final int BURST = 64;
    private static final Duration PAUSE = Duration.ofMillis(1);
    private static final int MAX_QUEUED = 20_000;
    private static final long TURN = Duration.ofMillis(5).toNanos();
    private static final int MAX_WAITING_BYTES = 8 << 20;

    private final Timers timers;
    private final LinkCopies copies;
    private final MulticastGroup four;
    // Empty where the system knows no IPv6.
    private final List<MulticastGroup> six;
    private final List<MulticastGroup> families;
    // Each sends one packet and tells how many datagrams that were.
    private final Queue<IntSupplier> urgent = new ArrayDeque<>();
    private final Queue<IntSupplier> announcements = new ArrayDeque<>();
    private final Queue<Datagrams.Incoming> answers = new ArrayDeque<>();
    private final Queue<Datagrams.Incoming> group = new ArrayDeque<>();
    private long waiting;
    private boolean goesOn;
    private boolean closed;
    private int burst;
    private boolean warned;

    /**
     * Opens the sockets and joins the groups.
     *
     * @param settings groups, port, interfaces
     * @param thread   reads the channels
     * @throws IOException if a socket cannot be opened or bound
     */
    public MdnsSockets(MulticastSettings settings, MdnsThread thread) throws IOException {
        timers = thread;
        copies = new LinkCopies(timers);
        Datagrams datagrams = new Datagrams(thread::register);
        four = new Ipv4Group(settings, datagrams, new EchoFilter(timers));
        six = settings.group6().isEmpty() ? List.of() : ipv6(settings, datagrams);
        families = new ArrayList<>(List.of(four));
        families.addAll(six);
        checkInterfaces();
    }

    private List<MulticastGroup> ipv6(MulticastSettings settings, Datagrams datagrams) {
        try {
            return List.of(new Ipv6Group(settings, datagrams, copies));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: no IPv6", e);
            return List.of();
        }
    }

    /**
     * Looks at the interfaces again.
     *
     * @return true if all has to be said and asked again
     */
    public boolean checkInterfaces() {
        boolean changed = false;
        for (MulticastGroup family : families) {
            changed |= family.checkInterfaces();
        }
        if (families.stream().noneMatch(MulticastGroup::isJoined) && (changed || !warned)) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "mdns: no usable interface (expected: one that is up and has an IP address)");
        }
        return changed;
    }

    @Override
    public void announce(byte[] packet, InetAddress node) {
        families.forEach(family -> enqueue(announcements, () -> family.announce(ByteBuffer.wrap(packet), node)));
    }

    @Override
    public void ask(byte[] packet) {
        families.forEach(family -> enqueue(urgent, () -> family.ask(ByteBuffer.wrap(packet))));
    }

    @Override
    public void answer(byte[] packet, InetSocketAddress peer) {
        List<MulticastGroup> ways = peer.getAddress() instanceof Inet6Address ? six : List.of(four);
        ways.forEach(family -> enqueue(urgent, () -> {
            family.answer(ByteBuffer.wrap(packet), peer);
            return 1;
        }));
    }

    private void enqueue(Queue<IntSupplier> queue, IntSupplier outgoing) {
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
            IntSupplier next = urgent.isEmpty() ? announcements.remove() : urgent.remove();
            burst += Math.max(1, next.getAsInt());
        }
    }

    private void nextBurst() {
        burst = 0;
        flush();
    }

    /**
     * Reads what has been received: all of it first, so that the buffers of the system are free again. Answers come before
     * what was sent to the group, so that a goodbye is not overtaken by an answer that was sent before it, and so that a flood of
     * the group does not stop a look-up. Of that no more is looked at in one turn than fits into a few milliseconds.
     *
     * @param receiver takes packet and source
     */
    public void read(BiConsumer<byte[], InetSocketAddress> receiver) {
        families.forEach(family -> family.drainAnswers(answers::add));
        if (waiting < MAX_WAITING_BYTES) {
            boolean both = six.stream().anyMatch(MulticastGroup::isJoined);
            four.drainGroup(incoming -> {
                if (both) {
                    copies.isCopy(incoming.packet(), LinkCopies.IPV4);
                }
                await(incoming);
            });
            six.forEach(family -> family.drainGroup(this::await));
        }
        look(receiver);
    }

    private void await(Datagrams.Incoming incoming) {
        group.add(incoming);
        waiting += incoming.packet().limit();
    }

    private void look(BiConsumer<byte[], InetSocketAddress> receiver) {
        long start = timers.nanoTime();
        do {
            Datagrams.Incoming next = answers.poll();
            if (next == null) {
                next = group.poll();
                if (next == null) {
                    return;
                }
                waiting -= next.packet().limit();
            }
            receiver.accept(next.packet().array(), next.source());
        } while (timers.nanoTime() - start < TURN);
        if (!goesOn) {
            goesOn = true;
            timers.schedule(Duration.ZERO, () -> {
                goesOn = false;
                if (!closed) {
                    look(receiver);
                }
            });
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
    public void close(Runnable done) {
        if (!isFlushed()) {
            timers.schedule(PAUSE, () -> close(done));
            return;
        }
        closed = true;
        families.forEach(MulticastGroup::close);
        done.run();
    }
}
