package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.message.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has shown what, until that expires. Only what was found good is kept, so nobody can fill it who has no good proof; and it is
 * bounded anyhow, in entries and in what they weigh: when the younger half is full it becomes the older one, and what was not
 * asked for since is forgotten. May be used concurrently; a look-up takes no lock.
 *
 * @param <K> what was shown
 */
public final class VerifiedCache<K> {
    /** Characters of tokens in each half: some 4 MiB. */
    static final int MOST_WEIGHT = 4 << 20;

    private final int half;
    private volatile Map<K, Entry> young = new ConcurrentHashMap<>();
    private volatile Map<K, Entry> old = Map.of();
    private int weight;

    private record Entry(Optional<Principal> principal, long until, int weight) {}

    /**
     * Makes one.
     *
     * @param size how many are kept at most, 0 for none
     */
    public VerifiedCache(int size) {
        this.half = size == 0 ? 0 : Math.max(1, size / 2);
    }

    /**
     * Finds who has shown something.
     *
     * @param shown what
     * @param now   milliseconds of the wall clock
     * @return who, or empty if nobody knows, or no longer
     */
    public Optional<Principal> get(K shown, long now) {
        Entry entry = young.get(shown);
        if (entry == null) {
            entry = old.get(shown);
            if (entry == null) {
                return Optional.empty();
            }
            put(shown, entry);
        }
        return now < entry.until() ? entry.principal() : Optional.empty();
    }

    /**
     * Keeps who has shown something.
     *
     * @param shown     what
     * @param principal who
     * @param until     milliseconds of the wall clock
     * @param weight    how much it is, in characters
     */
    public void put(K shown, Principal principal, long until, int weight) {
        put(shown, new Entry(Optional.of(principal), until, weight));
    }

    private synchronized void put(K shown, Entry entry) {
        if (half == 0) {
            return;
        }
        if (young.size() >= half || weight + entry.weight() > MOST_WEIGHT) {
            old = young;
            young = new ConcurrentHashMap<>();
            weight = 0;
        }
        if (young.put(shown, entry) == null) {
            weight += entry.weight();
        }
    }

    /** Counts what is kept. */
    int size() {
        return young.size() + old.size();
    }
}
