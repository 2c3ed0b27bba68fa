package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.time.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the copies of a packet: what a peer of this host sends to the group comes once on each interface, one copy right after
 * the other. Confined to the thread of its timers.
 */
final class EchoFilter {
    private static final Duration MEMORY = Duration.ofMillis(100);
    private static final int MAX_SENDERS = 64;

    private record Last(ByteBuffer packet, long time) {}

    private final Timers timers;
    private final Map<Integer, Last> senders = new LinkedHashMap<>();

    /**
     * Makes a filter that remembers nothing.
     *
     * @param timers tell the time
     */
    EchoFilter(Timers timers) {
        this.timers = timers;
    }

    /**
     * Takes a packet of a sender of this host.
     *
     * @param packet it
     * @param port   of the sender
     * @return true if the last packet from that port was the same, a moment ago
     */
    boolean isCopy(ByteBuffer packet, int port) {
        Last last = senders.remove(port);
        long now = timers.nanoTime();
        if (last != null
                && now - last.time() < MEMORY.toNanos()
                && last.packet().equals(packet)) {
            senders.put(port, last);
            return true;
        }
        if (senders.size() == MAX_SENDERS) {
            senders.remove(senders.keySet().iterator().next());
        }
        senders.put(port, new Last(packet, now));
        return false;
    }
}
