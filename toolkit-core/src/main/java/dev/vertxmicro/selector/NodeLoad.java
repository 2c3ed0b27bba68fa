package dev.vertxmicro.selector;

/** How busy a node is, as seen by the calls of this client. May be read from any thread; it changes all the time. */
public interface NodeLoad {

    /**
     * Counts the attempts that have begun at the node and have not ended.
     *
     * @return how many
     */
    int running();

    /**
     * Tells how long the node takes for an answer: the peak exponentially weighted moving average, which rises at once and falls
     * by and by, also while the node is not called.
     *
     * @param now the clock, in nanoseconds
     * @return nanoseconds; 0 if the node has not answered twice yet: the first answer, for which it had to
     *     connect, tells nothing
     */
    long latencyNanos(long now);

    /**
     * Tells how long the attempts that run have been without a sign of life of the node: since its last answer, whichever call
     * that was for, or since the first of them began.
     *
     * @param now the clock, in nanoseconds
     * @return nanoseconds; 0 if none runs
     */
    long silentNanos(long now);
}
