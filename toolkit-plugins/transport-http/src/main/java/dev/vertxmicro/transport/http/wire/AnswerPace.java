package dev.vertxmicro.transport.http.wire;

/**
 * Whether an answer that has begun still comes. One that stops half way, or drips, is none: a node that hangs in the midst of its
 * answers is as little good as one that says nothing.
 */
public final class AnswerPace {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** The rest may just be on its way. */
    private static final long GRACE_NANOS = 100 * NANOS_PER_MILLI;
    /** Longer than it takes until a packet that was lost is sent again. */
    private static final long IDLE_NANOS = 500 * NANOS_PER_MILLI;
    /** What a line of 64 kbit/s brings. */
    private static final long BYTES_PER_MILLI = 8;

    private AnswerPace() {}

    /**
     * Tells whether an answer comes.
     *
     * @param sinceBegun nanoseconds since it began
     * @param sinceLast  nanoseconds since something came last
     * @param bytes      that have come of its body
     * @return false if it came to a halt, or nearly so
     */
    public static boolean comes(long sinceBegun, long sinceLast, long bytes) {
        return sinceLast <= IDLE_NANOS && sinceBegun - GRACE_NANOS <= bytes * (NANOS_PER_MILLI / BYTES_PER_MILLI);
    }
}
