package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import org.jspecify.annotations.Nullable;

/** One message on its way to one node, or to one node of a queue. Used on the context of the broker. */
final class NodeDelivery {
    final HttpPublication publication;
    private @Nullable NodeSender sender;
    private SubscriberNode node;

    NodeDelivery(HttpPublication publication, SubscriberNode node) {
        this.publication = publication;
        this.node = node;
    }

    /** The node it is on its way to. */
    SubscriberNode node() {
        return node;
    }

    void travels(NodeSender by, SubscriberNode to) {
        sender = by;
        node = to;
    }

    /** False if nobody waits for it any more. */
    boolean isOpen() {
        return publication.isOpen(this);
    }

    String describe() {
        String trouble = sender == null ? "" : sender.trouble();
        return node + (trouble.isEmpty() ? "" : " (" + trouble + ")");
    }
}
