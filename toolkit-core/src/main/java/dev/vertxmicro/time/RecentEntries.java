package dev.vertxmicro.time;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was put here lately, bounded in time, number and bytes, the oldest going first. Its entries end when something is looked for or
 * put; there is no timer. Guarded by whoever has it.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class RecentEntries<K, V> {
    /** Beyond, clocks turn over. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Timers timers;
    private final long nanos;
    private final int maxEntries;
    private final long maxBytes;
    /** In the order in which they were put, and so in that of their end. */
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    private long bytes;

    private record Entry<V>(V value, long since, long bytes) {}

    /**
     * Makes one that has no entries.
     *
     * @param timers     the clock
     * @param window     how long an entry stays; zero keeps none
     * @param maxEntries how many stay
     * @param maxBytes   how many bytes they may take together, as those who put them count
     */
    public RecentEntries(Timers timers, Duration window, int maxEntries, long maxBytes) {
        this.timers = timers;
        this.nanos = (window.compareTo(LONGEST) < 0 ? window : LONGEST).toNanos();
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /**
     * Finds an entry.
     *
     * @param key of it
     * @return its value, null if it was not put, or has ended
     */
    public @Nullable V find(K key) {
        purge();
        Entry<V> known = entries.get(key);
        return known == null ? null : known.value();
    }

    /**
     * Puts an entry, instead of one that was there.
     *
     * @param key   of it
     * @param value of it
     * @param size  bytes that it takes; with more than there may be in all it is not kept, and nothing else goes for it
     */
    public void put(K key, V value, long size) {
        removed(entries.remove(key));
        if (size > maxBytes) {
            return;
        }
        entries.put(key, new Entry<>(value, timers.nanoTime(), size));
        bytes += size;
        purge();
    }

    /**
     * Removes an entry, if it still has this value.
     *
     * @param key   of it
     * @param value that it had
     */
    public void remove(K key, V value) {
        Entry<V> known = entries.get(key);
        if (known != null && Objects.equals(known.value(), value)) {
            removed(entries.remove(key));
        }
    }

    /**
     * Counts the entries, those among them that have ended and were not looked for since.
     *
     * @return how many there are
     */
    public int size() {
        return entries.size();
    }

    private void removed(@Nullable Entry<V> entry) {
        if (entry != null) {
            bytes -= entry.bytes();
        }
    }

    private void purge() {
        long now = timers.nanoTime();
        Iterator<Entry<V>> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry<V> next = oldest.next();
            if (now - next.since() < nanos && entries.size() <= maxEntries && bytes <= maxBytes) {
                return;
            }
            oldest.remove();
            removed(next);
        }
    }
}
