package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.LocalSubscriptions;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection that carries the subscriptions of one {@link LaneKey}. Confined to its context. */
final class SubscriberLane implements SessionEvents {
    private static final System.Logger LOG = System.getLogger(SubscriberLane.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);
    private static final int REFUSED = 0x80;
    private static final int MOST_IDS = 65_535;
    /** How long messages are held for topics of a kept session that nobody has subscribed to yet. */
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final Scope scope;
    private final LaneKey key;
    private final MqttSession session;
    private final Arrivals arrivals;
    private final Map<String, Filter> filters = new LinkedHashMap<>();
    private final IntObjectMap<Filter> subscribing = new IntObjectHashMap<>();
    private final IntObjectMap<Promise<Void>> unsubscribing = new IntObjectHashMap<>();
    /** Left while there was no connection: a kept session still has them. */
    private final Set<String> left = new LinkedHashSet<>();

    private int lastId;
    private @Nullable Timer hold;

    SubscriberLane(Scope scope, LaneKey key, LocalSubscriptions local) {
        this.scope = scope;
        this.key = key;
        this.session = new MqttSession(
                scope, ClientSettings.subscribing(scope.options(), key.clientId(scope.clientId())), this);
        this.arrivals = new Arrivals(scope, key, local, filters::containsKey);
    }

    /**
     * Subscribes to a topic, once for all who want it.
     *
     * @return completes when the server has taken the subscription, whenever that is
     */
    Future<Void> join(String topic) {
        Filter filter = filters.get(topic);
        if (filter == null) {
            filter = new Filter(topic, scope.promise());
            filters.put(topic, filter);
            left.remove(topic);
            arrivals.handOverEarly(topic);
            MqttLink link = session.link();
            if (link == null) {
                session.open(true);
            } else {
                subscribe(link, filter);
            }
        }
        return filter.inForce.future();
    }

    private void subscribe(MqttLink link, Filter filter) {
        int id = nextId();
        subscribing.put(id, filter);
        link.subscribe(id, key.filter(filter.topic), scope.options().qos());
    }

    private int nextId() {
        lastId = lastId % MOST_IDS + 1;
        return lastId;
    }

    /** Ends the subscription to a topic that nobody wants any more. */
    Future<Void> leave(String topic) {
        if (filters.remove(topic) == null) {
            return Future.succeededFuture();
        }
        return drop(topic);
    }

    private Future<Void> drop(String topic) {
        MqttLink link = session.link();
        if (link == null) {
            left.add(topic);
            return Future.succeededFuture();
        }
        Promise<Void> promise = scope.promise();
        int id = nextId();
        unsubscribing.put(id, promise);
        link.unsubscribe(id, key.filter(topic));
        return promise.future();
    }

    boolean isEmpty() {
        return filters.isEmpty();
    }

    /**
     * Connects again.
     *
     * @return completes when all subscriptions are in force, whenever that is
     */
    Future<Void> open() {
        session.open(true);
        return Future.all(filters.values().stream()
                        .map(filter -> filter.inForce.future())
                        .toList())
                .mapEmpty();
    }

    Future<Void> close() {
        return session.close();
    }

    /** Words why a subscription is not in force. */
    String trouble() {
        return session.trouble().detail();
    }

    @Override
    public void opened(MqttLink link) {
        arrivals.opened(link);
        left.forEach(topic -> link.unsubscribe(nextId(), key.filter(topic)));
        left.clear();
        filters.values().forEach(filter -> subscribe(link, filter));
        if (!scope.options().login().cleanSession()) {
            hold = scope.timers().schedule(HOLD, this::giveUpEarly);
        }
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
    public void lost() {
        if (hold != null) {
            hold.cancel();
        }
        arrivals.lost();
        subscribing.clear();
        unsubscribing.values().forEach(Promise::tryComplete);
        unsubscribing.clear();
        filters.values().stream()
                .filter(filter -> filter.inForce.future().isComplete())
                .forEach(filter -> filter.inForce = scope.promise());
    }

    @Override
    public void subscribed(int id, List<Integer> granted) {
        Filter filter = subscribing.remove(id);
        if (filter == null) {
            return;
        }
        if (granted.contains(REFUSED)) {
            filters.remove(filter.topic, filter);
            filter.inForce.tryFail(scope.failure(
                    "topic " + filter.topic + ": the server refuses the subscription " + key.filter(filter.topic)));
        } else {
            filter.inForce.tryComplete();
        }
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
