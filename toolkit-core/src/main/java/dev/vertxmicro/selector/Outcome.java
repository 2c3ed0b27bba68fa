package dev.vertxmicro.selector;

/** How an attempt ended, and whose fault it was. Only the node's faults count against it. */
public enum Outcome {
    /** The node answered, with a result or an error of its own. */
    ANSWERED,
    /** The node's fault: it refused the connection, or there was none when the time was over. */
    UNREACHABLE,
    /** The node's fault: it broke the connection, or what it said was no answer. */
    BROKEN,
    /** The node said that it did not take the call, since it drains or is over its limit: no fault, but another may take it. */
    NOT_TAKEN,
    /** The node's fault, perhaps: the time was over without a word of it. */
    TIMED_OUT,
    /** The caller's own fault: the node never heard of the call. */
    CALLER,
    /** Nobody's fault: the caller gave up first, and nothing is known of the node. */
    ABANDONED;

    /**
     * Tells whether the node has given a sign of life.
     *
     * @return true if it has answered, in whatever words
     */
    public boolean alive() {
        return this == ANSWERED || this == NOT_TAKEN;
    }

    /**
     * Tells whether it counts against the node.
     *
     * @return true for the faults of the node
     */
    public boolean nodesFault() {
        return this == UNREACHABLE || this == BROKEN || this == TIMED_OUT;
    }
}
