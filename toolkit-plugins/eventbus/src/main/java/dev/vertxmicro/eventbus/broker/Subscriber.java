package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one broker as its BrokerVerticle holds them, and the consumer at which the messages arrive: by it the
 * BrokerVerticle sees that the subscriber lives, since it goes with the verticle that made the broker, or with its node. Confined
 * to the broker's context.
 */
final class Subscriber {
    private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

    private record Entry(String topic, SubscribeOptions options) {}

    private final BrokerLine line;
    private final LocalSubscriptions local;
    private final Duration check;
    private final Timers timers;
    private final String address;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    /** Deliveries that are not settled; one that is repeated meanwhile is the same. */
    private final Map<String, Future<Void>> running = new HashMap<>();

    private @Nullable MessageConsumer<Object> consumer;
    private final OutageLines outage;
    private Timer next = () -> {};
    private boolean connected;
    private boolean closed;

    Subscriber(BrokerLine line, LocalSubscriptions local, Duration check, Timers timers) {
        this.line = line;
        this.local = local;
        this.check = check;
        this.timers = timers;
        this.outage = new OutageLines(LOG, timers);
        this.address = line.address() + ".subscriber/" + UUID.randomUUID();
        line.route().onBegin(this::renew); // whoever begins may know nothing of what was subscribed
    }

    /** Subscribes. */
    @SuppressWarnings("ReferenceEquality") // the id may have been given to another since
    Future<Void> enter(String id, String topic, SubscribeOptions options) {
        Entry entry = new Entry(topic, options);
        entries.put(id, entry);
        return living().compose(living -> entries.get(id) == entry && !closed
                        ? subscribe(id, entry)
                        : Future.failedFuture(MicroException.internal(BrokerLine.ID, "unsubscribed")))
                .onFailure(failure -> entries.remove(id));
    }

    private Future<Void> living() {
        MessageConsumer<Object> there = consumer;
        if (there == null) {
            there = BusMessages.consume(line.bus(), address, true, this::take);
            consumer = there;
        } else if (!there.isRegistered()) {
            return Future.failedFuture(MicroException.internal(
                    BrokerLine.ID, "the verticle that made this broker is undeployed, its subscriptions are gone"));
        }
        return there.completion();
    }

    private Future<Void> subscribe(String id, Entry entry) {
        SubscribeOptions options = entry.options();
        DeliveryOptions asking = line.asking("subscribe")
                .addHeader(BusProtocol.OWNER, address)
                .addHeader(BusProtocol.SUBSCRIPTION, id)
                .addHeader(BusProtocol.TOPIC, entry.topic())
                .addHeader(BusProtocol.VERBATIM, "true");
        options.queue().ifPresent(queue -> asking.addHeader(BusProtocol.QUEUE, queue));
        // Attempts are counted here; what is refused there comes from a subscription that has ended, or cannot publish.
        JsonObject body =
                new JsonObject().put("maxAttempts", Integer.MAX_VALUE).put("bufferMessages", options.bufferMessages());
        return line.ask(body, asking).mapEmpty();
    }

    /** Takes a message: the reply says that it was handled, a failure that it should come again. */
    private Future<?> take(Message<Object> message) {
        String subscription = message.headers().get(BusProtocol.SUBSCRIPTION);
        if (subscription == null) {
            return Future.succeededFuture(new JsonObject());
        }
        Entry entry = entries.get(subscription);
        if (entry == null || !connected) {
            return Future.failedFuture(MicroException.notFound(BrokerLine.ID, "not subscribed"));
        }
        String delivery = BusMessages.required(message, BusProtocol.DELIVERY);
        Future<Void> before = running.get(delivery);
        if (before != null) {
            return before;
        }
        Future<Void> settled = local.deliver(
                        subscription,
                        entry.options().queue(),
                        BusMessages.required(message, BusProtocol.TOPIC),
                        BusPublications.read(message))
                .settled();
        if (!settled.isComplete()) {
            running.put(delivery, settled);
            settled.onComplete(done -> running.remove(delivery));
        }
        return settled;
    }

    /** Subscribes to all, and looks from time to time whether that holds. */
    Future<Void> connect() {
        if (connected || closed) {
            return Future.succeededFuture();
        }
        connected = true;
        next = timers.schedule(check, this::check);
        return renew();
    }

    private void check() {
        renew().onComplete(done -> {
            if (connected) {
                next = timers.schedule(check, this::check);
            }
        });
    }

    /** Subscribes to what the BrokerVerticle does not know; never fails. */
    private Future<Void> renew() {
        if (entries.isEmpty() || !connected) {
            return Future.succeededFuture();
        }
        JsonObject ids = new JsonObject().put("subscriptions", new JsonArray(List.copyOf(entries.keySet())));
        return line.ask(ids, line.asking("renew").addHeader(BusProtocol.OWNER, address))
                .compose(answer -> {
                    List<Future<Void>> again = new ArrayList<>();
                    for (Object id : answer.getJsonArray("unknown", new JsonArray())) {
                        Entry entry = entries.get(id);
                        if (entry != null && connected) {
                            again.add(subscribe((String) id, entry));
                        }
                    }
                    return Future.join(again).<Void>mapEmpty();
                })
                .transform(done -> {
                    if (done.failed()) {
                        outage.lost("broker: not subscribed, trying again: "
                                + done.cause().getMessage());
                    } else {
                        outage.back("broker: subscriptions at " + line.address());
                    }
                    return Future.succeededFuture();
                });
    }

    /** Unsubscribes; where nobody answers, there is nothing to unsubscribe from. */
    Future<Void> leave(String id) {
        return entries.remove(id) == null ? Future.succeededFuture() : unsubscribe(id);
    }

    private Future<Void> unsubscribe(String id) {
        DeliveryOptions asking = line.asking("unsubscribe")
                .addHeader(BusProtocol.OWNER, address)
                .addHeader(BusProtocol.SUBSCRIPTION, id);
        return line.ask(new JsonObject(), asking).<Void>mapEmpty().otherwiseEmpty();
    }

    /** Unsubscribes from all, for as long as this lasts. */
    Future<Void> disconnect() {
        if (!connected) {
            return Future.succeededFuture();
        }
        connected = false;
        outage.end();
        next.cancel();
        return Future.join(entries.keySet().stream().map(this::unsubscribe).toList())
                .mapEmpty();
    }

    /** Unsubscribes from all, for good. */
    Future<Void> close() {
        closed = true;
        return disconnect().eventually(() -> {
            entries.clear();
            MessageConsumer<Object> open = consumer;
            return open == null || !open.isRegistered() ? Future.succeededFuture() : open.unregister();
        });
    }
}
