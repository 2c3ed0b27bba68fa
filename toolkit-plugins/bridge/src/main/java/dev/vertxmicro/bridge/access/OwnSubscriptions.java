package dev.vertxmicro.bridge.access;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The subscriptions that one client has at {@code micro.broker}: so many at most. Confined to the context of its bridge. */
public final class OwnSubscriptions {
    private static final String BUFFER = "bufferMessages";
    private static final int USUAL_BUFFER = 256;
    private static final Duration SHORTEST_DELAY = Duration.ofMillis(100);

    /**
     * One of them.
     *
     * @param owner address that its messages are sent to
     * @param id    which one of that owner's
     */
    public record Key(String owner, String id) {
        /**
         * Reads which subscription a request is about.
         *
         * @param headers of the request
         * @return the subscription
         */
        public static Key of(MultiMap headers) {
            String owner = headers.get(BusProtocol.OWNER);
            String id = headers.get(BusProtocol.SUBSCRIPTION);
            String topic = headers.get(BusProtocol.TOPIC);
            return new Key(owner == null ? "" : owner, id != null ? id : topic == null ? "" : topic);
        }
    }

    private final Set<Key> held = new LinkedHashSet<>();

    /** Begins with none. */
    public OwnSubscriptions() {}

    /**
     * Notes one more.
     *
     * @param key which one
     * @return false if it is there already
     */
    public boolean add(Key key) {
        return held.add(key);
    }

    /**
     * Tells whether one is there.
     *
     * @param key which one
     * @return true if it is noted
     */
    public boolean has(Key key) {
        return held.contains(key);
    }

    /**
     * Forgets one.
     *
     * @param key which one
     * @return false if it was not there
     */
    public boolean remove(Key key) {
        return held.remove(key);
    }

    /**
     * Counts them.
     *
     * @return how many
     */
    public int size() {
        return held.size();
    }

    /**
     * Lists those of an owner.
     *
     * @param owner the address
     * @return its subscriptions
     */
    public List<Key> of(String owner) {
        return held.stream().filter(key -> key.owner().equals(owner)).toList();
    }

    /**
     * Bounds what a client asks of the broker: no more on their way than it may leave unanswered, no repetition without a pause.
     *
     * @param body   options of a subscription
     * @param buffer messages on their way at most
     * @return the options
     */
    public static JsonObject bounded(@Nullable Object body, int buffer) {
        JsonObject asked = body instanceof JsonObject json ? json.copy() : new JsonObject();
        Object given = asked.getValue(BUFFER);
        if (given == null) {
            asked.put(BUFFER, Math.min(USUAL_BUFFER, buffer));
        } else if (given instanceof Number number && number.longValue() > buffer) {
            asked.put(BUFFER, buffer);
        }
        for (String delay : new String[] {"redeliveryDelay", "maxRedeliveryDelay"}) {
            if (asked.getValue(delay) != null && isShort(asked, delay)) {
                asked.put(delay, SHORTEST_DELAY.toMillis() + "ms");
            }
        }
        return asked;
    }

    private static boolean isShort(JsonObject asked, String delay) {
        try {
            return Section.root(asked).duration(delay, SHORTEST_DELAY).compareTo(SHORTEST_DELAY) < 0;
        } catch (ConfigException unreadable) {
            return false; // the broker says so
        }
    }
}
