package dev.vertxmicro.testkit.faults;

import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The network between some nodes of a test. Each has a name and a transport, which wraps a real one; what one does to another is
 * delayed, broken, doubled or dropped as the test says. The same seed and the same calls give the same faults. May be used
 * concurrently; then it is the order of the calls that the outcome depends on.
 */
public final class FaultyNetwork {
    private record Link(String from, String to) {}

    private record Partition(Set<String> one, Set<String> other) {
        boolean divides(String a, String b) {
            return (one.contains(a) && other.contains(b)) || (one.contains(b) && other.contains(a));
        }
    }

    private final Timers timers;
    private final SplittableRandom random;
    private final Map<String, String> nodes = new HashMap<>();
    private final Map<String, LinkFaults> towards = new HashMap<>();
    private final Map<Link, LinkFaults> between = new HashMap<>();
    private final List<Partition> partitions = new ArrayList<>();

    private FaultyNetwork(Timers timers, long seed) {
        this.timers = timers;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Makes a network on which nothing goes wrong yet.
     *
     * @param timers the clock, such as {@code Timers.manual()}
     * @param seed   of what happens by chance
     * @return the network
     */
    public static FaultyNetwork create(Timers timers, long seed) {
        return new FaultyNetwork(timers, seed);
    }

    /**
     * Puts a node on the network. Where it listens becomes its address.
     *
     * @param name     of the node
     * @param carrying carries what gets through
     * @return the transport of the node; closing it closes the other
     */
    public Transport transport(String name, Transport carrying) {
        return new FaultyTransport(name, carrying, this);
    }

    /**
     * Says what goes wrong on the way to a node, whoever calls it.
     *
     * @param node   the name, or an address
     * @param faults from now on
     * @return this
     */
    public synchronized FaultyNetwork towards(String node, LinkFaults faults) {
        towards.put(node, faults);
        return this;
    }

    /**
     * Says what goes wrong when one node calls another, instead of what {@link #towards} says.
     *
     * @param caller the name
     * @param node   the name, or an address
     * @param faults from now on
     * @return this
     */
    public synchronized FaultyNetwork between(String caller, String node, LinkFaults faults) {
        between.put(new Link(caller, node), faults);
        return this;
    }

    /**
     * Drops silently all between two groups of nodes, in both directions, what is under way included.
     *
     * @param one   names
     * @param other names
     * @return this
     */
    public synchronized FaultyNetwork partition(Set<String> one, Set<String> other) {
        partitions.add(new Partition(Set.copyOf(one), Set.copyOf(other)));
        return this;
    }

    /**
     * Ends all partitions and faults.
     *
     * @return this
     */
    public synchronized FaultyNetwork heal() {
        partitions.clear();
        towards.clear();
        between.clear();
        return this;
    }

    /** Remembers where a node listens. */
    synchronized void listens(String name, String address) {
        nodes.put(address, name);
    }

    /** What goes wrong now. */
    synchronized LinkFaults link(String caller, String address) {
        String node = nodes.getOrDefault(address, address);
        LinkFaults faults = between.get(new Link(caller, node));
        LinkFaults found = faults == null ? towards.getOrDefault(node, LinkFaults.NONE) : faults;
        boolean divided = partitions.stream().anyMatch(partition -> partition.divides(caller, node));
        return divided ? found.withBlackHole(true) : found;
    }

    /** Decides by chance; one that has no chance costs none of the seed. */
    synchronized boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    private synchronized Duration latency(LinkFaults faults) {
        long jitter = faults.jitter().toNanos();
        return jitter == 0 ? faults.latency() : faults.latency().plusNanos(random.nextLong(jitter + 1));
    }

    /** Runs something when a message has come the one way. */
    void later(LinkFaults faults, Runnable arrival) {
        after(latency(faults), arrival);
    }

    /** Runs something after a while, at once if that is none. */
    void after(Duration delay, Runnable action) {
        if (delay.isZero()) {
            action.run();
        } else {
            var unused = timers.schedule(delay, action);
        }
    }

    Timers timers() {
        return timers;
    }
}
