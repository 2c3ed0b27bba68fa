package dev.vertxmicro.bridge.access;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides what may pass. Whatever no grant names may not. May be used from any thread. */
public final class Access {
    /** What the addresses begin with at which clients take the messages of their own subscriptions. */
    public static final String OWNERS = "micro.owner/";

    private static final String PUBLISH = BusProtocol.publish(BusProtocol.BROKER);
    private static final String REPLIES = "__vertx.";
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
     * @param body    of the message
     * @param owns    tells of an address whether the sender listens there on this connection
     * @return false if it is to be refused
     */
    public boolean mayBeSent(
            Visitor visitor, String address, MultiMap headers, @Nullable Object body, Predicate<String> owns) {
        if (isFree(visitor, address)) {
            return true;
        }
        if (address.equals(BusProtocol.CANCEL)) {
            return any(visitor, grant -> !grant.calls().isEmpty());
        }
        if (address.equals(BusProtocol.BROKER)) {
            return maySubscribe(visitor, headers, body, owns);
        }
        if (headers.contains(BusProtocol.ACTION) || headers.contains(BusProtocol.STREAM_ADDRESS)) {
            return false; // a stream would send its frames wherever the client says
        }
        if (address.equals(BusProtocol.CLIENT)) {
            String service = text(headers, BusProtocol.SERVICE);
            String endpoint = text(headers, BusProtocol.ENDPOINT);
            return !headers.contains(BusProtocol.ADDRESS) && any(visitor, grant -> grant.calls(service, endpoint));
        }
        return address.equals(PUBLISH)
                && !headers.contains(BusProtocol.VERBATIM)
                && any(visitor, grant -> grant.publishes(text(headers, BusProtocol.TOPIC)));
    }

    /**
     * Tells whether an address may be sent to with whatever headers. Addresses of others' replies never may.
     *
     * @param visitor who sends
     * @param address where to
     * @return false if it depends on the headers
     */
    public boolean isFree(Visitor visitor, String address) {
        return !address.startsWith(REPLIES) && any(visitor, grant -> grant.sends(address));
    }

    /**
     * Tells whether somebody may set an entry of metadata that is kept from clients.
     *
     * @param visitor who sends it
     * @param name    of the entry
     * @return true if a grant names it
     */
    public boolean mayClaim(Visitor visitor, String name) {
        return any(visitor, grant -> grant.claims(name));
    }

    /** A client subscribes only for itself; what goes on to a topic for dead letters is published by it. */
    private boolean maySubscribe(Visitor visitor, MultiMap headers, @Nullable Object body, Predicate<String> owns) {
        String owner = text(headers, BusProtocol.OWNER);
        if (!owner.startsWith(OWNERS) || !owns.test(owner)) {
            return false;
        }
        return switch (text(headers, BusProtocol.ACTION)) {
            case "subscribe" ->
                any(
                                visitor,
                                grant -> grant.subscribes(
                                        text(headers, BusProtocol.TOPIC), text(headers, BusProtocol.QUEUE)))
                        && mayPublishDead(visitor, body);
            case "unsubscribe", "renew" -> true;
            default -> false;
        };
    }

    private boolean mayPublishDead(Visitor visitor, @Nullable Object body) {
        if (body == null) {
            return true;
        }
        if (!(body instanceof JsonObject json)) {
            return false;
        }
        Object topic = json.getValue("deadLetter");
        return topic == null || (topic instanceof String named && any(visitor, grant -> grant.publishes(named)));
    }

    /**
     * Tells whether somebody may listen at an address.
     *
     * @param visitor who
     * @param address where
     * @return false if it is to be refused
     */
    public boolean mayListen(Visitor visitor, String address) {
        if (address.startsWith(REPLIES)) {
            return false;
        }
        if (address.startsWith(BusProtocol.HANDLERS)) {
            String handler = address.substring(BusProtocol.HANDLERS.length());
            int slash = handler.lastIndexOf('/');
            return any(
                    visitor,
                    grant -> grant.receives(address)
                            || (slash > 0 && grant.serves(handler.substring(0, slash), handler.substring(slash + 1))));
        }
        if (address.startsWith(OWNERS)) {
            return any(visitor, grant -> !grant.subscribe().isEmpty());
        }
        return any(visitor, grant -> grant.receives(address))
                || (address.startsWith(TOPICS)
                        && any(visitor, grant -> grant.subscribes(address.substring(TOPICS.length()))));
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
