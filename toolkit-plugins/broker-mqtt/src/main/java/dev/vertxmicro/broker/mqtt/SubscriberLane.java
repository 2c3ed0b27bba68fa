package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timer;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that carries the subscriptions of one {@link LaneKey}. Confined to its context. */
final class SubscriberLane implements SessionEvents {
    private static final System.Logger LOG = System.getLogger(SubscriberLane.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);
    private static final RareWarnings NOT_KEPT = RareWarnings.of(LOG);
    /** How long messages are held for topics of a kept session that nobody has subscribed to yet. */
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final Scope scope;
    private final LaneKey key;
    private final MqttSession session;
    private final Arrivals arrivals;
    private final Subscribing subscribing;
    private final IntObjectMap<Promise<Void>> unsubscribing = new IntObjectHashMap<>();
    /** Left while there was no connection: a kept session still has them. */
    private final Set<String> left = new LinkedHashSet<>();
    /** What the log has said is not kept; common to all connections of the broker object. */
    private final Set<String> said;

    private @Nullable Timer hold;

    SubscriberLane(Scope scope, LaneKey key, LocalSubscriptions local, Set<String> said) {
        this.said = said;
        this.scope = scope;
        this.key = key;
        this.session = new MqttSession(scope, ClientSettings.subscribing(scope.options(), key, scope.clientId()), this);
        this.subscribing = new Subscribing(scope, key);
        this.arrivals = new Arrivals(scope, key, local, subscribing::has);
    }

    /**
     * Subscribes to a topic, once for all who want it.
     *
     * @return completes when the server has taken the subscription, whenever that is
     */
    Future<Void> join(String topic) {
        Filter known = subscribing.find(topic);
        if (known != null) {
            return known.inForce.future();
        }
        left.remove(topic);
        Filter filter = subscribing.add(topic);
        arrivals.handOverEarly(topic);
        if (session.link() == null) {
            session.open(true);
        }
        return filter.inForce.future();
    }

    /**
     * As {@link #join}, for those who do not wait for a server that is away.
     *
     * @return completes also when no server takes the connection, each asked once; the subscription comes into force later
     */
    Future<Void> joinUnlessAway(String topic) {
        Promise<Void> reply = scope.promise();
        join(topic).onComplete(done -> {
            if (done.succeeded()) {
                reply.tryComplete();
            } else {
                reply.tryFail(done.cause());
            }
        });
        session.open(true).onFailure(away -> {
            goOn(topic);
            reply.tryComplete();
        });
        return reply.future();
    }

    /** Waits no longer for the answer of the server; false if the subscription is not to come into force. */
    boolean goOn(String topic) {
        Filter filter = subscribing.find(topic);
        if (filter != null) {
            filter.told = true;
        }
        return filter != null;
    }

    /** Ends the subscription to a topic that nobody wants any more. */
    Future<Void> leave(String topic) {
        return subscribing.remove(topic) ? drop(topic) : Future.succeededFuture();
    }

    private Future<Void> drop(String topic) {
        MqttLink link = session.link();
        if (link == null) {
            left.add(topic);
            return Future.succeededFuture();
        }
        Promise<Void> promise = scope.promise();
        int id = subscribing.nextId();
        unsubscribing.put(id, promise);
        link.unsubscribe(id, key.filter(topic));
        return promise.future();
    }

    boolean isEmpty() {
        return subscribing.isEmpty();
    }

    /**
     * Connects again.
     *
     * @return completes when the server has answered for all subscriptions, whenever that is
     */
    Future<Void> open() {
        session.open(true);
        return subscribing.answered();
    }

    Future<Void> close() {
        return session.close();
    }

    /** Words why a subscription is not in force. */
    String trouble() {
        return session.trouble().detail();
    }

    @Override
    public void opened(MqttLink link, boolean atOnce) {
        arrivals.opened(link, session.isKept());
        sayWhatIsNotKept();
        left.forEach(topic -> link.unsubscribe(subscribing.nextId(), key.filter(topic)));
        left.clear();
        subscribing.opened(link, atOnce);
        if (session.isKept()) {
            hold = scope.timers().schedule(HOLD, this::giveUpEarly);
        }
    }

    private void sayWhatIsNotKept() {
        String whose = key.queue().map(queue -> "queue " + queue).orElse("topics without a queue");
        if (!session.isKept() && said.add(whose)) {
            NOT_KEPT.about(scope.clientId() + whose)
                    .info("mqtt " + scope.clientId() + ": what is published to " + whose
                            + " while the connection is away is lost, no session is kept: " + why());
        }
    }

    private String why() {
        MqttLogin login = scope.options().login();
        if (key.queue().isPresent() && login.keepsQueues()) {
            return "the server does not speak MQTT 5";
        }
        return key.queue().isPresent() && login.clientId().isBlank()
                ? "there is no clientId"
                : "cleanSession is not false";
    }

    private void giveUpEarly() {
        List<String> topics = arrivals.giveUpEarly();
        if (!topics.isEmpty()) {
            DROPPED.warn(
                    "mqtt session " + key.clientId(scope.clientId()) + ": dropped messages of topics that nobody has "
                            + "subscribed to within " + HOLD.toSeconds() + " s, and their subscriptions: " + topics);
            topics.forEach(this::drop);
        }
    }

    @Override
    public void lost(boolean hungUp) {
        if (hold != null) {
            hold.cancel();
        }
        arrivals.lost();
        subscribing.lost(hungUp);
        unsubscribing.values().forEach(Promise::tryComplete);
        unsubscribing.clear();
    }

    @Override
    public void subscribed(int id, List<Integer> granted) {
        subscribing.subscribed(id, granted);
    }

    @Override
    public void unsubscribed(int id) {
        Promise<Void> promise = unsubscribing.remove(id);
        if (promise != null) {
            promise.tryComplete();
        }
    }

    @Override
    public void arrived(MqttPublishMessage message) {
        arrivals.arrived(message);
    }
}
