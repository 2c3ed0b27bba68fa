package dev.vertxmicro.wrapper.resilience.call;

import dev.vertxmicro.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One state for each of a bounded number of names, which callers may choose. What is beyond the bound, and names that are too long,
 * share one. States at rest, which are no different from new ones, make place for others. Used concurrently.
 *
 * @param <V> the state
 */
public final class BoundedKeys<V> {
    /** The name of the state that others share. */
    public static final String OTHERS = "others";

    private static final int LONGEST = 128;
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final int most;
    private final Function<String, V> maker;
    private final Predicate<V> rests;
    private final Timers timers;
    private final V shared;
    private final Map<Name, V> states = new ConcurrentHashMap<>();
    private final AtomicLong sweep;

    /**
     * Makes one without names.
     *
     * @param most   how many states there may be beside the shared one
     * @param timers the clock
     * @param rests  tells a state that may go, for a new one would be no different
     * @param maker  makes the state of a name
     */
    public BoundedKeys(int most, Timers timers, Predicate<V> rests, Function<String, V> maker) {
        this.most = most;
        this.timers = timers;
        this.rests = rests;
        this.maker = maker;
        this.shared = maker.apply(OTHERS);
        this.sweep = new AtomicLong(timers.nanoTime() - PAUSE_NANOS);
    }

    /**
     * Gives the state of a name.
     *
     * @param first  its first part
     * @param second its second part, perhaps empty
     * @return its state, or the one that others share
     */
    public V of(String first, String second) {
        Name name = new Name(first, second);
        V state = states.get(name);
        return state == null ? added(name) : state;
    }

    private V added(Name name) {
        boolean place = !name.tooLong() && (states.size() < most || swept());
        return place ? states.computeIfAbsent(name, added -> maker.apply(added.text())) : shared;
    }

    /** Looks through all of them once a second at most, or names made up at will would cost as much as they like. */
    private boolean swept() {
        long last = sweep.get();
        long now = timers.nanoTime();
        if (now - last < PAUSE_NANOS || !sweep.compareAndSet(last, now)) {
            return false;
        }
        states.values().removeIf(rests);
        return states.size() < most;
    }

    /** Lists all states, the shared one last. */
    public List<V> all() {
        List<V> all = new ArrayList<>(states.values());
        all.add(shared);
        return all;
    }

    /** The two parts of a name, which are put together when its state is made, not for each call. */
    private record Name(String first, String second) {
        boolean tooLong() {
            return first.length() > LONGEST || second.length() > LONGEST;
        }

        String text() {
            return second.isEmpty() ? first : first.isEmpty() ? second : first + " " + second;
        }
    }
}
