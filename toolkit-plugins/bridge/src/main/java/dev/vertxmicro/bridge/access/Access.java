package dev.vertxmicro.bridge.access;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.function.Predicate;

/** Decides what may pass. Whatever no grant names may not. May be used from any thread. */
public final class Access {
    /** What the addresses begin with at which clients take the messages of their own subscriptions. */
    public static final String OWNERS = "micro.owner/";

    private static final String PUBLISH = BusProtocol.publish(BusProtocol.BROKER);
    private static final String TOPICS = BusProtocol.topic("");

    private final List<Grant> grants;

    /**
     * Begins with what is granted.
     *
     * @param grants the grants
     */
    public Access(List<Grant> grants) {
        this.grants = List.copyOf(grants);
    }

    /**
     * Tells whether a message may be sent or published.
     *
     * @param visitor who sends it
     * @param address where to
     * @param headers of the message
     * @param owns    tells of an address whether the sender listens there on this connection
     * @return false if it is to be refused
     */
    public boolean mayBeSent(Visitor visitor, String address, MultiMap headers, Predicate<String> owns) {
        if (any(visitor, grant -> grant.sends(address))) {
            return true;
        }
        if (address.equals(BusProtocol.CANCEL)) {
            return any(visitor, grant -> !grant.calls().isEmpty());
        }
        if (address.equals(BusProtocol.BROKER)) {
            return maySubscribe(visitor, headers, owns);
        }
        if (headers.contains(BusProtocol.ACTION) || headers.contains(BusProtocol.STREAM_ADDRESS)) {
            return false; // a stream would send its frames wherever the client says
        }
        if (address.equals(BusProtocol.CLIENT)) {
            String service = text(headers, BusProtocol.SERVICE);
            String endpoint = text(headers, BusProtocol.ENDPOINT);
            return !headers.contains(BusProtocol.ADDRESS) && any(visitor, grant -> grant.calls(service, endpoint));
        }
        return address.equals(PUBLISH) && any(visitor, grant -> grant.publishes(text(headers, BusProtocol.TOPIC)));
    }

    /** A client subscribes only for itself. */
    private boolean maySubscribe(Visitor visitor, MultiMap headers, Predicate<String> owns) {
        String owner = text(headers, BusProtocol.OWNER);
        if (!owner.startsWith(OWNERS) || !owns.test(owner)) {
            return false;
        }
        return switch (text(headers, BusProtocol.ACTION)) {
            case "subscribe" -> any(visitor, grant -> grant.subscribes(text(headers, BusProtocol.TOPIC)));
            case "unsubscribe", "renew" -> true;
            default -> false;
        };
    }

    /**
     * Tells whether somebody may listen at an address.
     *
     * @param visitor who
     * @param address where
     * @return false if it is to be refused
     */
    public boolean mayListen(Visitor visitor, String address) {
        if (any(visitor, grant -> grant.receives(address))) {
            return true;
        }
        if (address.startsWith(BusProtocol.HANDLERS)) {
            String handler = address.substring(BusProtocol.HANDLERS.length());
            int slash = handler.lastIndexOf('/');
            return slash > 0
                    && any(visitor, grant -> grant.serves(handler.substring(0, slash), handler.substring(slash + 1)));
        }
        if (address.startsWith(OWNERS)) {
            return any(visitor, grant -> !grant.subscribe().isEmpty());
        }
        return address.startsWith(TOPICS)
                && any(visitor, grant -> grant.subscribes(address.substring(TOPICS.length())));
    }

    private boolean any(Visitor visitor, Predicate<Grant> allows) {
        for (Grant grant : grants) {
            if (visitor.has(grant) && allows.test(grant)) {
                return true;
            }
        }
        return false;
    }

    private static String text(MultiMap headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }
}
