package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;

/** The nodes of one call: go-micro's {@code selector.Next} and {@code Mark}. Used from one context. */
public interface Selection {

    /**
     * Chooses the node of the next attempt; not one that this call tried already, while there is another.
     *
     * @return the node
     */
    Node next();

    /**
     * Tells how the attempt ended.
     *
     * @param node the node
     * @param outcome what happened
     */
    void done(Node node, Outcome outcome);
}
