package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.EncodedEvent;
import dev.vertxmicro.broker.http.wire.Generation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A message on its way to all who subscribe to its topic. Used on the context of the broker. */
public final class HttpPublication {
    final String topic;
    /** What its body takes, encoded. */
    final int length;
    /** Tells the order in which the messages of this broker were published. */
    final long number;
    /** Completes on the context of the publisher; a message that is held has completed it. */
    final Promise<Void> promise;

    private @Nullable EncodedEvent envelope;
    private final Set<NodeDelivery> open = new LinkedHashSet<>();
    private boolean held;
    private boolean handled;
    private boolean over;

    /** The number is its place among the messages of its publisher, which go out in that order. */
    public HttpPublication(String topic, EncodedEvent envelope, long number, Promise<Void> promise) {
        this.topic = topic;
        this.envelope = envelope;
        this.length = envelope.length();
        this.number = number;
        this.promise = promise;
    }

    /** Adds a node, or a queue, that has to handle it. */
    NodeDelivery delivery(SubscriberNode node) {
        NodeDelivery delivery = new NodeDelivery(this, node);
        open.add(delivery);
        return delivery;
    }

    /** Closes a delivery; true if that was the last. */
    boolean close(NodeDelivery delivery, boolean success) {
        handled |= success;
        return open.remove(delivery) && open.isEmpty() && !over;
    }

    /** Tells whether anybody at all has handled it. */
    boolean isHandled() {
        return handled;
    }

    boolean isHeld() {
        return held;
    }

    void hold() {
        held = true;
        promise.tryComplete();
    }

    boolean isOver() {
        return over;
    }

    /** Gives what is sent to a node; nothing once it is over. */
    ByteBuf content(Generation form) {
        return envelope == null ? Unpooled.EMPTY_BUFFER : envelope.content(form);
    }

    /** Nothing more is to be done for it: what it took is given back, whoever still has it in a list. */
    void end() {
        over = true;
        envelope = null;
        open.clear();
    }

    boolean isOpen(NodeDelivery delivery) {
        return open.contains(delivery);
    }

    /** Names those who have not handled it. */
    String unanswered() {
        return open.stream().map(NodeDelivery::describe).collect(Collectors.joining(", "));
    }
}
