package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.LocalSubscriptions;
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
final class MqttSubscriptions {
    private final Scope scope;
    private final LocalSubscriptions local;
    private final Set<String> said = new HashSet<>();
    private final Map<LaneKey, SubscriberLane> lanes = new LinkedHashMap<>();

    MqttSubscriptions(Scope scope, LocalSubscriptions local) {
        this.scope = scope;
        this.local = local;
    }

    /** Subscribes; may be called from any thread, on whose context it completes. Throws once the broker is closed. */
    Future<Subscription> add(String topic, DeliveryHandler handler, SubscribeOptions options) {
        Promise<Subscription> reply = scope.timers().promise();
        Subscription subscription = local.add(topic, handler, options, () -> left(topic, options.queue()));
        scope.run(() -> Catching.future("mqtt", () -> join(topic, options.queue()))
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
        SubscriberLane lane =
                lanes.computeIfAbsent(LaneKey.of(topic, queue), key -> new SubscriberLane(scope, key, local, said));
        if (scope.options().reconnect().required()) {
            return patiently(lane, lane.join(topic));
        }
        return patiently(lane, lane.joinUnlessAway(topic))
                .recover(failure -> lane.goOn(topic) ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    private Future<Void> patiently(SubscriberLane lane, Future<Void> inForce) {
        if (inForce.isComplete()) {
            return inForce;
        }
        Duration patience = scope.options().limits().publishTimeout();
        Promise<Void> promise = scope.promise();
        Timer timer = scope.timers()
                .schedule(
                        patience,
                        () -> promise.tryFail(MicroException.timeout(
                                MqttBroker.ID,
                                "not subscribed within " + patience.toMillis() + " ms: " + lane.trouble())));
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
        Promise<Void> reply = scope.timers().promise();
        scope.run(() -> leave(topic, queue).onComplete(done -> reply.tryComplete()));
        return reply.future();
    }

    private Future<Void> leave(String topic, Optional<String> queue) {
        LaneKey key = LaneKey.of(topic, queue);
        SubscriberLane lane = lanes.get(key);
        if (lane == null || !local.isEmpty(topic, queue)) {
            return Future.succeededFuture();
        }
        Future<Void> unsubscribed = lane.leave(topic);
        return lane.isEmpty() ? unsubscribed.compose(done -> close(key, lane)) : unsubscribed;
    }

    /** Gives a connection up that nobody needs, unless somebody has come meanwhile. */
    private Future<Void> close(LaneKey key, SubscriberLane lane) {
        return lane.isEmpty() && lanes.remove(key, lane) ? lane.close() : Future.succeededFuture();
    }

    /** Connects again; completes when all is in force as before, or fails when that takes too long. */
    Future<Void> open() {
        List<Future<Void>> opening = lanes.values().stream()
                .map(lane -> patiently(lane, lane.open()))
                .toList();
        return Future.all(opening).mapEmpty();
    }

    /** Disconnects, and keeps the subscriptions. */
    Future<Void> close() {
        return Future.join(lanes.values().stream().map(SubscriberLane::close).toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
