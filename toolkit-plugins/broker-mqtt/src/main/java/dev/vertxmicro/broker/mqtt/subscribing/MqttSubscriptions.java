package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.session.MqttContext;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All subscriptions of a broker object, and the connections that carry them. Confined to its context but for {@link #add}. */
public final class MqttSubscriptions {
    private final MqttContext context;
    private final SubscribeSettings settings;
    private final LocalSubscriptions local;
    private final Set<String> said = new HashSet<>();
    private final Map<SubscriberKey, SubscriberConnection> connections = new LinkedHashMap<>();

    /**
     * Subscribes to nothing yet.
     *
     * @param context  that all is confined to
     * @param settings how topics are subscribed to
     * @param local    the subscribers of this process
     */
    public MqttSubscriptions(MqttContext context, SubscribeSettings settings, LocalSubscriptions local) {
        this.context = context;
        this.settings = settings;
        this.local = local;
    }

    /** Subscribes; may be called from any thread, on whose context it completes. Throws once the broker is closed. */
    public Future<Subscription> add(String topic, DeliveryHandler handler, SubscribeOptions options) {
        Promise<Subscription> reply = context.timers().promise();
        Subscription subscription = local.add(topic, handler, options, () -> left(topic, options.queue()));
        context.run(() -> Catching.future("mqtt", () -> join(topic, options.queue()))
                .onComplete(done -> {
                    if (done.succeeded()) {
                        reply.complete(subscription);
                    } else {
                        subscription.unsubscribe();
                        reply.fail(done.cause());
                    }
                }));
        return reply.future();
    }

    private Future<Void> join(String topic, Optional<String> queue) {
        SubscriberConnection connection = connections.computeIfAbsent(
                SubscriberKey.of(topic, queue), key -> new SubscriberConnection(context, settings, key, local, said));
        if (settings.serverRequired()) {
            return patiently(connection, connection.join(topic));
        }
        return patiently(connection, connection.joinUnlessAway(topic))
                .recover(failure -> connection.goOn(topic) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private Future<Void> patiently(SubscriberConnection connection, Future<Void> inForce) {
        if (inForce.isComplete()) {
            return inForce;
        }
        Duration patience = settings.patience();
        Promise<Void> promise = context.promise();
        Timer timer = context.timers()
                .schedule(
                        patience,
                        () -> promise.tryFail(MicroException.timeout(
                                MqttContext.ERROR_ID,
                                "not subscribed within " + patience.toMillis() + " ms: " + connection.trouble())));
        inForce.onComplete(done -> {
            timer.cancel();
            if (done.succeeded()) {
                promise.tryComplete();
            } else {
                promise.tryFail(done.cause());
            }
        });
        return promise.future();
    }

    private Future<Void> left(String topic, Optional<String> queue) {
        Promise<Void> reply = context.timers().promise();
        context.run(() -> leave(topic, queue).onComplete(done -> reply.tryComplete()));
        return reply.future();
    }

    private Future<Void> leave(String topic, Optional<String> queue) {
        SubscriberKey key = SubscriberKey.of(topic, queue);
        SubscriberConnection connection = connections.get(key);
        if (connection == null || !local.isEmpty(topic, queue)) {
            return Future.succeededFuture();
        }
        Future<Void> unsubscribed = connection.leave(topic);
        return connection.isEmpty() ? unsubscribed.compose(done -> close(key, connection)) : unsubscribed;
    }

    /** Gives a connection up that nobody needs, unless somebody has come meanwhile. */
    private Future<Void> close(SubscriberKey key, SubscriberConnection connection) {
        return connection.isEmpty() && connections.remove(key, connection)
                ? connection.close()
                : Future.succeededFuture();
    }

    /** Connects again; completes when all is in force as before, or fails when that takes too long. */
    public Future<Void> open() {
        List<Future<Void>> opening = connections.values().stream()
                .map(connection -> patiently(connection, connection.open()))
                .toList();
        return Future.all(opening).mapEmpty();
    }

    /** Disconnects, and keeps the subscriptions. */
    public Future<Void> close() {
        return Future.join(connections.values().stream()
                        .map(SubscriberConnection::close)
                        .toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
