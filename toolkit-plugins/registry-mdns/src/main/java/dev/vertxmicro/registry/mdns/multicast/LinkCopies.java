package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.time.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the copies of a response that comes over several links, each of which is read apart: what a link brings for the k-th
 * time is a copy if another has brought it k times. Confined to the thread of its timers.
 *
 * <p>Without it a peer that hears announcement, goodbye and announcement over two links would hear the goodbye last but one.
 */
final class LinkCopies {
    /** The link of all that comes by IPv4. */
    static final int IPV4 = 0;

    private static final long MEMORY = Duration.ofMillis(100).toNanos();
    private static final int MAX_PACKETS = 4096;
    private static final int FLAGS = 2;

    private final Timers timers;
    private final Map<ByteBuffer, Map<Integer, Integer>> packets = new HashMap<>();
    private long since;

    /**
     * Remembers nothing yet.
     *
     * @param timers tell the time
     */
    LinkCopies(Timers timers) {
        this.timers = timers;
    }

    /**
     * Takes a packet. A query is never a copy: who asks on two links wants two answers.
     *
     * @param packet it
     * @param link   over which it came
     * @return true if it is a copy
     */
    boolean isCopy(ByteBuffer packet, int link) {
        if (packet.limit() <= FLAGS || packet.get(FLAGS) >= 0) {
            return false;
        }
        long now = timers.nanoTime();
        if (packets.isEmpty() || now - since >= MEMORY || packets.size() == MAX_PACKETS) {
            packets.clear();
            since = now;
        }
        Map<Integer, Integer> counts = packets.computeIfAbsent(packet, fresh -> new HashMap<>());
        int count = counts.merge(link, 1, Integer::sum);
        return counts.entrySet().stream().anyMatch(other -> other.getKey() != link && other.getValue() >= count);
    }
}
