package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.session.ClientSettings;
import dev.vertxmicro.broker.mqtt.session.MqttContext;
import dev.vertxmicro.broker.mqtt.session.MqttLink;
import dev.vertxmicro.broker.mqtt.session.MqttSession;
import dev.vertxmicro.broker.mqtt.session.SessionEvents;
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

/** A connection that carries the subscriptions of one {@link SubscriberKey}. Confined to its context. */
public final class SubscriberConnection implements SessionEvents {
    private static final System.Logger LOG = System.getLogger(SubscriberConnection.class.getName());
    private static final RareWarning DROPPED = RareWarning.of(LOG);
    private static final RareWarnings NOT_KEPT = RareWarnings.of(LOG);
    /** How long messages are held for topics of a kept session that nobody has subscribed to yet. */
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final MqttContext context;
    private final SubscribeSettings settings;
    private final SubscriberKey key;
    private final ClientSettings client;
    private final MqttSession session;
    private final Arrivals arrivals;
    private final SubscribeRequests requests;
    private final IntObjectMap<Promise<Void>> unsubscribing = new IntObjectHashMap<>();
    /** Left while there was no connection: a kept session still has them. */
    private final Set<String> left = new LinkedHashSet<>();
    /** What the log has said is not kept; common to all connections of the broker object. */
    private final Set<String> said;

    private @Nullable Timer hold;

    SubscriberConnection(
            MqttContext context,
            SubscribeSettings settings,
            SubscriberKey key,
            LocalSubscriptions local,
            Set<String> said) {
        this.said = said;
        this.context = context;
        this.settings = settings;
        this.key = key;
        this.client = settings.clients().apply(key);
        this.session = new MqttSession(context, settings.connections(), client, this);
        this.requests = new SubscribeRequests(context, key, settings.qos());
        this.arrivals = new Arrivals(context, settings.raw(), key, local, requests::has);
    }

    /**
     * Subscribes to a topic, once for all who want it.
     *
     * @return completes when the server has taken the subscription, whenever that is
     */
    Future<Void> join(String topic) {
        TopicFilter known = requests.find(topic);
        if (known != null) {
            return known.inForce.future();
        }
        left.remove(topic);
        TopicFilter filter = requests.add(topic);
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
        Promise<Void> reply = context.promise();
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
        TopicFilter filter = requests.find(topic);
        if (filter != null) {
            filter.told = true;
        }
        return filter != null;
    }

    /** Ends the subscription to a topic that nobody wants any more. */
    Future<Void> leave(String topic) {
        return requests.remove(topic) ? drop(topic) : Future.succeededFuture();
    }

    private Future<Void> drop(String topic) {
        MqttLink link = session.link();
        if (link == null) {
            left.add(topic);
            return Future.succeededFuture();
        }
        Promise<Void> promise = context.promise();
        int id = requests.nextId();
        unsubscribing.put(id, promise);
        link.unsubscribe(id, key.filter(topic));
        return promise.future();
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /**
     * Connects again.
     *
     * @return completes when the server has answered for all subscriptions, whenever that is
     */
    Future<Void> open() {
        session.open(true);
        return requests.answered();
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
        left.forEach(topic -> link.unsubscribe(requests.nextId(), key.filter(topic)));
        left.clear();
        requests.opened(link, atOnce);
        if (session.isKept()) {
            hold = context.timers().schedule(HOLD, this::giveUpEarly);
        }
    }

    private void sayWhatIsNotKept() {
        String whose = key.queue().map(queue -> "queue " + queue).orElse("topics without a queue");
        if (!session.isKept() && said.add(whose)) {
            NOT_KEPT.about(settings.clientId() + whose)
                    .info("mqtt " + settings.clientId() + ": what is published to " + whose
                            + " while the connection is away is lost, no session is kept: " + why());
        }
    }

    private String why() {
        if (client.expiry().isPresent()) {
            return "the server does not speak MQTT 5";
        }
        return key.queue().isPresent() && !settings.clientIdGiven()
                ? "there is no clientId"
                : "cleanSession is not false";
    }

    private void giveUpEarly() {
        List<String> topics = arrivals.giveUpEarly();
        if (!topics.isEmpty()) {
            DROPPED.warn("mqtt session " + client.clientId() + ": dropped messages of topics that nobody has "
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
        requests.lost(hungUp);
        unsubscribing.values().forEach(Promise::tryComplete);
        unsubscribing.clear();
    }

    @Override
    public void subscribed(int id, List<Integer> granted) {
        requests.subscribed(id, granted);
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
