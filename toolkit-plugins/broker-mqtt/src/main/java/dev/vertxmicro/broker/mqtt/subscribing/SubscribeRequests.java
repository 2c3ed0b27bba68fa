package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.session.HangUpCause;
import dev.vertxmicro.broker.mqtt.session.MqttContext;
import dev.vertxmicro.broker.mqtt.session.MqttLink;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.RareWarning;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server for the subscriptions of one connection, again after each new one: all at once, but one after the other when a
 * connection broke before all were answered, those first that have been in force. One that the server refuses, or hangs up at, fails
 * alone. Confined to the context of the connection.
 */
public final class SubscribeRequests {
    private static final System.Logger LOG = System.getLogger(SubscribeRequests.class.getName());
    private static final RareWarning GIVEN_UP = RareWarning.of(LOG);
    private static final int REFUSED = 0x80;
    private static final int MOST_IDS = 65_535;
    /** When what is refused to somebody who had it is asked for again: rights may come back. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final MqttContext context;
    private final SubscriberKey key;
    private final int qos;
    private final Map<String, TopicFilter> filters = new LinkedHashMap<>();
    private final ArrayDeque<TopicFilter> waiting = new ArrayDeque<>();
    private final IntObjectMap<TopicFilter> asked = new IntObjectHashMap<>();
    private final HangUpCause<TopicFilter> hangUpCause = new HangUpCause<>();
    private boolean careful;
    private int lastId;
    private @Nullable MqttLink link;

    SubscribeRequests(MqttContext context, SubscriberKey key, int qos) {
        this.context = context;
        this.key = key;
        this.qos = qos;
    }

    /** Gives a packet id for a SUBSCRIBE or UNSUBSCRIBE. */
    int nextId() {
        do {
            lastId = lastId % MOST_IDS + 1;
        } while (asked.containsKey(lastId));
        return lastId;
    }

    boolean has(String topic) {
        return filters.containsKey(topic);
    }

    boolean isEmpty() {
        return filters.isEmpty();
    }

    @Nullable
    TopicFilter find(String topic) {
        return filters.get(topic);
    }

    /** Adds a topic, and asks for it as soon as there is a connection. */
    TopicFilter add(String topic) {
        TopicFilter filter = new TopicFilter(topic, context.promise(), new OutageLines(LOG, context.timers()));
        filters.put(topic, filter);
        ask(List.of(filter));
        return filter;
    }

    /** Asks no more for a topic; false if it was not asked for. */
    boolean remove(String topic) {
        return filters.remove(topic) != null;
    }

    /** Completes when the server has answered for all of them, whenever that is. */
    Future<Void> answered() {
        return Future.join(filters.values().stream()
                        .map(filter -> filter.inForce.future().otherwiseEmpty())
                        .toList())
                .mapEmpty();
    }

    void opened(MqttLink opened, boolean atOnce) {
        link = opened;
        hangUpCause.opened(atOnce).ifPresent(this::hungUpAt);
        ask(filters.values());
    }

    private void ask(Collection<TopicFilter> wanted) {
        if (link != null) {
            wanted.stream().filter(filter -> filter.told).forEach(waiting::add);
            wanted.stream().filter(filter -> !filter.told).forEach(waiting::add);
            pump();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the topic may have been left, and wanted again
    private void pump() {
        MqttLink open = link;
        while (open != null && !waiting.isEmpty() && (asked.isEmpty() || !careful)) {
            TopicFilter filter = waiting.remove();
            if (filters.get(filter.topic) == filter) {
                int id = nextId();
                asked.put(id, filter);
                open.subscribe(id, key.filter(filter.topic), qos);
            }
        }
        careful = careful && !(asked.isEmpty() && waiting.isEmpty());
    }

    void lost(boolean hungUp) {
        link = null;
        List<TopicFilter> open = new ArrayList<>(asked.values());
        hangUpCause.lost(hungUp ? open : List.of());
        careful = careful || !open.isEmpty();
        asked.clear();
        waiting.clear();
        filters.values().stream()
                .filter(filter -> filter.inForce.future().isComplete())
                .forEach(filter -> filter.inForce = context.promise());
    }

    /** The server has answered a SUBSCRIBE. */
    void subscribed(int id, List<Integer> granted) {
        TopicFilter filter = asked.remove(id);
        if (filter != null && granted.contains(REFUSED)) {
            refused(filter);
        } else if (filter != null) {
            filter.told = true;
            filter.refusal.back("mqtt topic " + filter.topic);
            filter.inForce.tryComplete();
        }
        pump();
    }

    private void refused(TopicFilter filter) {
        String why = "the server refuses the subscription " + key.filter(filter.topic);
        if (filter.told) {
            filter.refusal.lost("mqtt topic " + filter.topic + ": " + why + ", nothing comes; asked again every "
                    + AGAIN.toSeconds() + " s");
            context.timers().schedule(AGAIN, () -> again(filter));
        } else {
            filters.remove(filter.topic, filter);
        }
        filter.inForce.tryFail(context.failure("topic " + filter.topic + ": " + why));
    }

    private void again(TopicFilter filter) {
        if (link != null && filter.inForce.future().failed()) {
            filter.inForce = context.promise();
            ask(List.of(filter));
        }
    }

    private void hungUpAt(TopicFilter filter) {
        filters.remove(filter.topic, filter);
        String detail = "topic " + filter.topic
                + ": the server closed the connection each time it was asked for this subscription";
        if (filter.told) {
            GIVEN_UP.warn("mqtt " + detail + ", no longer subscribed");
        }
        filter.inForce.tryFail(
                MicroException.badRequest(MqttContext.ERROR_ID, detail).withoutStackTrace());
    }
}
