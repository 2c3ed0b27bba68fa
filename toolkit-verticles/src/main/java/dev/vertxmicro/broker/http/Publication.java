package dev.vertxmicro.broker.http;

import io.vertx.core.Promise;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A message on its way to all who subscribe to its topic. Used on the context of the broker. */
final class Publication {
    final String topic;
    final byte[] body;
    /** Tells the order in which the messages of this broker were published. */
    final long number;
    /** Completes on the context of the publisher; a message that is held has completed it. */
    final Promise<Void> promise;

    private final Set<Errand> open = new LinkedHashSet<>();
    private boolean held;
    private boolean handled;
    private boolean over;

    Publication(String topic, byte[] body, long number, Promise<Void> promise) {
        this.topic = topic;
        this.body = body;
        this.number = number;
        this.promise = promise;
    }

    /** Adds a node, or a queue, that has to handle it. */
    Errand errand(SubscriberNode node) {
        Errand errand = new Errand(this, node);
        open.add(errand);
        return errand;
    }

    /** Closes an errand; true if that was the last. */
    boolean close(Errand errand, boolean success) {
        handled |= success;
        return open.remove(errand) && open.isEmpty() && !over;
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

    /** Nothing more is to be done for it. */
    void end() {
        over = true;
        open.clear();
    }

    boolean isOpen(Errand errand) {
        return open.contains(errand);
    }

    /** Names those who have not handled it. */
    String unanswered() {
        return open.stream().map(Errand::describe).collect(Collectors.joining(", "));
    }
}
