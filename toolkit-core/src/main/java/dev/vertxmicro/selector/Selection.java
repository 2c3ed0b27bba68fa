package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;

/** The nodes of one call: go-micro's {@code selector.Next} and {@code Mark}. Used from one context. */
public interface Selection {

    /**
     * Chooses the node of the next attempt; not one that this call tried already, while there is another. The attempt counts as
     * running at the node until {@link #done}, which must follow in any case, also where nothing was sent. Several may run at once.
     *
     * @return the node
     */
    Node next();

    /**
     * Counts the nodes that {@link #next} chooses from, ejected ones among them: before so many it gives none twice.
     *
     * @return at least 1; 1 where it is not known
     */
    default int size() {
        return 1;
    }

    /**
     * Tells how the attempt ended, or that nobody waits for it any more. What follows for the same attempt is ignored.
     *
     * @param node the node
     * @param outcome what happened
     */
    void done(Node node, Outcome outcome);
}
