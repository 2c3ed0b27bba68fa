package dev.vertxmicro.selector;

/** How an attempt ended, as far as its node is to blame. */
public enum Outcome {
    /** The node answered, with a result or an error of its own. */
    ANSWERED,
    /** The node could not be reached, or broke the connection. */
    UNREACHABLE,
    /** Nothing is known of the node: the caller gave up first. */
    ABANDONED
}
