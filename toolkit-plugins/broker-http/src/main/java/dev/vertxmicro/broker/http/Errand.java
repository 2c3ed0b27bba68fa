package dev.vertxmicro.broker.http;

import org.jspecify.annotations.Nullable;

/** One message on its way to one node, or to one node of a queue. Used on the context of the broker. */
final class Errand {
    final Publication publication;
    private @Nullable NodeLane lane;
    private SubscriberNode node;

    Errand(Publication publication, SubscriberNode node) {
        this.publication = publication;
        this.node = node;
    }

    /** The node it is on its way to. */
    SubscriberNode node() {
        return node;
    }

    void travels(NodeLane by, SubscriberNode to) {
        lane = by;
        node = to;
    }

    /** False if nobody waits for it any more. */
    boolean isOpen() {
        return publication.isOpen(this);
    }

    String describe() {
        String trouble = lane == null ? "" : lane.trouble();
        return node + (trouble.isEmpty() ? "" : " (" + trouble + ")");
    }
}
