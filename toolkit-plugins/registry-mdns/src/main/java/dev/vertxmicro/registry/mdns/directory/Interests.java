package dev.vertxmicro.registry.mdns.directory;

import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody here wants to know: services that were looked up a short time ago, that are watched by name, and all of them while
 * somebody watches all. Confined to the thread of its timers.
 */
public final class Interests {
    private static final Duration INTEREST = Duration.ofMinutes(2);
    private static final int MAX_SERVICES = 10_000;

    /** One service. */
    public static final class Interest {
        private long asked;
        private boolean complete;
        private boolean lookedUp;
        private long wanted;

        /**
         * Takes note that the network was asked.
         *
         * @param time in nanoseconds
         */
        public void asked(long time) {
            asked = time;
        }

        /**
         * Tells when the network was asked last.
         *
         * @return time in nanoseconds
         */
        public long asked() {
            return asked;
        }

        /** Takes note that all who answer have been heard. */
        public void completed() {
            complete = true;
        }

        /**
         * Tells whether what is known of the service is all there is.
         *
         * @return true if so
         */
        public boolean isComplete() {
            return complete;
        }
    }

    private final String suffix;
    private final Timers timers;
    private final Map<String, Interest> services = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> followed = new HashMap<>();
    private int learning;
    private boolean all;

    /**
     * Makes it of none.
     *
     * @param domain of all names
     * @param timers tell the time
     */
    public Interests(String domain, Timers timers) {
        suffix = "." + domain;
        this.timers = timers;
    }

    /**
     * Gives what is known of the interest in a service, and keeps it from now on.
     *
     * @param name the service
     * @return it
     */
    public Interest of(String name) {
        Interest interest = services.computeIfAbsent(name, key -> new Interest());
        if (services.size() > MAX_SERVICES) {
            services.remove(services.keySet().iterator().next());
        }
        return interest;
    }

    /**
     * Takes note that a service is looked up.
     *
     * @param name the service
     * @return the interest; complete if what is known of it has been kept current since the last time
     */
    public Interest lookUp(String name) {
        Interest interest = of(name);
        interest.complete &= all || followed.containsKey(name) || recent(interest);
        interest.lookedUp = true;
        interest.wanted = timers.nanoTime();
        return interest;
    }

    /**
     * Takes note of one more who watches a service.
     *
     * @param name the service
     */
    public void follow(String name) {
        followed.merge(name, 1, Integer::sum);
    }

    /**
     * Takes note of one less who watches a service.
     *
     * @param name the service
     */
    public void unfollow(String name) {
        followed.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Says whether somebody watches all.
     *
     * @param value true if so
     */
    public void all(boolean value) {
        all = value;
    }

    /**
     * Tells whether somebody watches all.
     *
     * @return true if so
     */
    public boolean all() {
        return all;
    }

    /** Begins to take nodes of all services, for somebody who will watch them. */
    public void learn() {
        learning++;
    }

    /** Ends what {@link #learn} began. */
    public void learnt() {
        learning--;
    }

    /**
     * Tells whether somebody wants to know of this service in particular.
     *
     * @param name the service
     * @return true if it was looked up a short time ago or is watched by name
     */
    boolean named(String name) {
        if (followed.containsKey(name)) {
            return true;
        }
        Interest interest = services.get(name);
        return interest != null && recent(interest);
    }

    /**
     * Tells whether somebody wants to know of a node. Its text need not be read for that.
     *
     * @param instance its DNS name
     * @return true if so
     */
    boolean wants(String instance) {
        if (all || learning > 0) {
            return true;
        }
        if (!instance.endsWith(suffix)) {
            return false;
        }
        int end = instance.length() - suffix.length();
        for (int dot = instance.indexOf('.'); dot >= 0 && dot < end; dot = instance.indexOf('.', dot + 1)) {
            if (named(instance.substring(dot + 1, end))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Forgets a service unless somebody wants to know of it.
     *
     * @param name the service
     * @return its interest if somebody does
     */
    @Nullable
    public Interest still(String name) {
        if (all || named(name)) {
            return of(name);
        }
        services.remove(name);
        return null;
    }

    /**
     * Names what is of interest in particular.
     *
     * @return the names
     */
    public Set<String> names() {
        Set<String> names = new HashSet<>(services.keySet());
        names.addAll(followed.keySet());
        return names;
    }

    private boolean recent(Interest interest) {
        return interest.lookedUp && timers.nanoTime() - interest.wanted < INTEREST.toNanos();
    }
}
