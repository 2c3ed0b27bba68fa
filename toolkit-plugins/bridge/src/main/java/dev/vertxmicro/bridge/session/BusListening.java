package dev.vertxmicro.bridge.session;

import dev.vertxmicro.bridge.access.Access;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consumers of one client. Those that have not quite gone count too, so nobody can pile up what the cluster is to do. */
final class BusListening {
    private final OpenSessions shared;
    private final BridgeSession session;
    private final Map<String, MessageConsumer<Object>> consumers = new HashMap<>();
    private int held;

    BusListening(OpenSessions shared, BridgeSession session) {
        this.shared = shared;
        this.session = session;
    }

    boolean at(String address) {
        return consumers.containsKey(address);
    }

    void begin(String address, @Nullable String reply) {
        if (!shared.access().mayListen(session.visitor(), address)) {
            shared.warn(session.peer() + " may not listen at " + address);
            session.deny(address, reply, "access_denied", 403);
            return;
        }
        if (consumers.containsKey(address)) {
            session.deny(address, reply, "address_already_registered", 409);
            return;
        }
        if (held >= shared.limits().maxHandlers() || !shared.enterHandler()) {
            session.deny(address, reply, "max_handlers_reached", 503);
            return;
        }
        if (address.startsWith(Access.OWNERS) && !shared.take(address)) {
            shared.leaveHandler();
            session.deny(address, reply, "address_already_registered", 409);
            return;
        }
        MessageConsumer<Object> consumer = shared.bus().consumer(address);
        held++;
        consumers.put(address, consumer);
        consumer.handler(message -> {
            if (consumers.get(address) == consumer) {
                session.deliver(address, message, false);
            } else {
                session.turnAway(message);
            }
        });
        consumer.completion().onComplete(ready -> {
            if (ready.succeeded()) {
                told(address);
                session.done(reply, "registered", address);
            } else if (consumers.remove(address, consumer)) {
                gone(address);
                shared.warn(
                        address + " could not be listened at: " + ready.cause().getMessage());
                session.deny(address, reply, "registration_failure", 500);
            }
        });
    }

    /** Who else answers for an endpoint is worth a line. */
    private void told(String address) {
        if (address.startsWith(BusProtocol.HANDLERS)) {
            String name = session.visitor().name();
            shared.info(session.peer() + (name.isEmpty() ? "" : " (" + name + ")") + " is a handler at " + address);
        }
    }

    /** Ends what somebody with other rights than before may not hear. */
    void restrict(boolean fewer) {
        for (Map.Entry<String, MessageConsumer<Object>> each : List.copyOf(consumers.entrySet())) {
            String address = each.getKey();
            boolean kept = shared.access().mayListen(session.visitor(), address)
                    && !(fewer && address.startsWith(Access.OWNERS));
            if (!kept && consumers.remove(address, each.getValue())) {
                shared.warn(session.peer() + " may no longer listen at " + address);
                leave(address, each.getValue(), null);
                session.refuse("access_denied");
            }
        }
    }

    void end(String address, @Nullable String reply) {
        MessageConsumer<Object> consumer = consumers.remove(address);
        if (consumer == null) {
            session.deny(address, reply, "unknown_address", 404);
        } else {
            leave(address, consumer, reply);
        }
    }

    /** First what is there already is turned away, since Vert.x logs each message that it finds no consumer for. */
    private void leave(String address, MessageConsumer<Object> consumer, @Nullable String reply) {
        if (address.startsWith(Access.OWNERS)) {
            session.unsubscribe(address);
        }
        shared.next(() -> consumer.unregister().onComplete(left -> {
            gone(address);
            session.done(reply, "unregistered", address);
        }));
    }

    private void gone(String address) {
        held--;
        shared.leaveHandler();
        if (address.startsWith(Access.OWNERS)) {
            shared.release(address);
        }
    }

    void close() {
        Map<String, MessageConsumer<Object>> all = Map.copyOf(consumers);
        consumers.clear();
        all.forEach((address, consumer) -> leave(address, consumer, null));
    }
}
