package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.broker.mqtt.naming.SubscriberKey;
import dev.vertxmicro.broker.mqtt.session.MqttContext;
import dev.vertxmicro.broker.mqtt.session.MqttLink;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.engine.EventPayload;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.RareWarning;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands what comes on one connection to the subscribers of this process, and acknowledges it to the server when they have done so.
 * Reads no further while more than a number of messages find no room in their buffers. Confined to one context.
 *
 * <p>When the connection is lost, the server sends what it has no acknowledgement of again on the next one; what is still with its
 * subscribers then is not given to them twice.
 */
final class Arrivals {
    private static final System.Logger LOG = System.getLogger(Arrivals.class.getName());
    /** Messages read and not taken by a buffer, above which no more is read. */
    private static final int MOST_UNTAKEN = 256;

    private static final int MOST_EARLY = 1000;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final MqttContext context;
    private final boolean raw;
    private final SubscriberKey key;
    private final LocalSubscriptions local;
    private final Predicate<String> subscribed;
    private final RareWarning warning;
    private final IntObjectMap<Arrival> unacknowledged = new IntObjectHashMap<>();
    private final List<Arrival> early = new ArrayList<>();
    private final BitSet received = new BitSet();
    private int generation;
    private int untaken;
    private @Nullable MqttLink link;

    /**
     * Makes one.
     *
     * @param subscribed tells whether somebody has subscribed to a topic, or pattern, of the key
     */
    Arrivals(
            MqttContext context,
            boolean raw,
            SubscriberKey key,
            LocalSubscriptions local,
            Predicate<String> subscribed) {
        this.context = context;
        this.raw = raw;
        this.key = key;
        this.local = local;
        this.subscribed = subscribed;
        this.warning = new RareWarning(LOG, context.timers());
    }

    void opened(MqttLink opened, boolean kept) {
        link = opened;
        generation++;
        if (!kept) {
            unacknowledged.clear();
        }
        opened.pipeline().addBefore("handler", "pubrel", new PubrelGuard(received, this::released));
        opened.pause(isFull());
    }

    void lost() {
        link = null;
        // These come again.
        early.forEach(arrival -> unacknowledged.remove(arrival.packet.messageId()));
        early.clear();
    }

    /** The server wants to be done with a message of an earlier connection. */
    private void released(int id) {
        Arrival arrival = unacknowledged.get(id);
        MqttLink open = link;
        if (arrival != null && !arrival.settled && arrival.packet.qosLevel().value() == 2) {
            arrival.generation = generation;
        } else if (open != null) {
            unacknowledged.remove(id);
            open.complete(id);
        }
    }

    void arrived(MqttPublishMessage packet) {
        int id = packet.qosLevel().value() > 0 ? packet.messageId() : 0;
        Arrival before = id > 0 ? unacknowledged.get(id) : null;
        if (before != null && before.generation != generation && before.isIn(packet)) {
            before.packet = packet;
            before.generation = generation;
            if (before.settled) {
                acknowledge(before);
            }
            return;
        }
        Message message = read(packet);
        if (message == null) {
            return;
        }
        Arrival arrival = new Arrival(message, packet, generation);
        if (id > 0) {
            unacknowledged.put(id, arrival);
        }
        if (subscribed.test(subject(packet))) {
            handOver(arrival);
        } else {
            keep(arrival);
        }
    }

    private @Nullable Message read(MqttPublishMessage packet) {
        if (raw) {
            return new Message(Metadata.EMPTY, packet.payload());
        }
        try {
            return EventPayload.read(packet.payload());
        } catch (CodecException e) {
            warning.warn("message of topic " + packet.topicName() + " dropped: " + e.getMessage());
            packet.ack();
            return null;
        }
    }

    private String subject(MqttPublishMessage packet) {
        return key.pattern().orElse(packet.topicName());
    }

    /** The server has kept the subscription of an earlier process, and nobody of this one has subscribed yet. */
    private void keep(Arrival arrival) {
        if (early.size() < MOST_EARLY) {
            early.add(arrival);
        } else {
            warning.warn("message of topic " + arrival.packet.topicName() + " not taken: nobody has subscribed");
        }
    }

    /** Hands over what came before somebody subscribed. */
    void handOverEarly(String topic) {
        List<Arrival> now = early.stream()
                .filter(arrival -> subject(arrival.packet).equals(topic))
                .toList();
        early.removeAll(now);
        now.forEach(this::handOver);
    }

    /** Gives up what came for topics that nobody has subscribed to; returns those. */
    List<String> giveUpEarly() {
        List<String> topics = early.stream()
                .map(arrival -> subject(arrival.packet))
                .distinct()
                .toList();
        early.forEach(this::settled);
        early.clear();
        return topics;
    }

    private void handOver(Arrival arrival) {
        String topic = arrival.packet.topicName();
        Handover handover = local.deliver(subject(arrival.packet), key.queue(), topic, arrival.message);
        Future<Void> accepted = handover.accepted();
        if (!accepted.isComplete()) {
            untaken++;
            pause();
            accepted.onComplete(taken -> {
                untaken--;
                pause();
            });
        }
        if (arrival.packet.qosLevel().value() > 0) {
            handover.settled().onComplete(result -> settled(arrival, result));
        }
    }

    private void pause() {
        MqttLink open = link;
        if (open != null) {
            open.pause(open.isPaused() ? untaken > MOST_UNTAKEN / 2 : isFull());
        }
    }

    private boolean isFull() {
        return untaken > MOST_UNTAKEN;
    }

    private void settled(Arrival arrival, AsyncResult<Void> result) {
        if (result.succeeded()) {
            settled(arrival);
        } else if (local.isEnded(result.cause())) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "message of topic {0} is left to the server",
                    arrival.packet.topicName());
        } else if (local.isUnsubscribed(result.cause())) {
            left(arrival);
        } else {
            // The dead letter could not be published.
            context.timers().schedule(AGAIN, () -> again(arrival));
        }
    }

    /** One subscriber has left without it; the others, if there are any, have settled it. */
    private void left(Arrival arrival) {
        if (subscribed.test(subject(arrival.packet))) {
            settled(arrival);
        }
    }

    private void again(Arrival arrival) {
        if (subscribed.test(subject(arrival.packet))) {
            handOver(arrival);
        }
    }

    private void settled(Arrival arrival) {
        arrival.settled = true;
        if (arrival.generation == generation && link != null) {
            acknowledge(arrival);
        }
    }

    private void acknowledge(Arrival arrival) {
        int id = arrival.packet.messageId();
        unacknowledged.remove(id);
        MqttLink open = link;
        if (arrival.packet.qosLevel().value() == 2 && open != null) {
            open.complete(id);
        } else {
            arrival.packet.ack();
        }
    }
}
