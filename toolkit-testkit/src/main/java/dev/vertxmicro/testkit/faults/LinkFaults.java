package dev.vertxmicro.testkit.faults;

import java.time.Duration;

/**
 * What goes wrong on the way to a node and back.
 *
 * @param latency     of a message, each way
 * @param jitter      what is added to it, by chance, at most
 * @param refused     share of connections that are refused: nobody hears of the call
 * @param reset       share of calls whose connection breaks before the answer is there, though the handler has done its work; of
 *                    messages of a stream, after which it breaks
 * @param duplicate   share of requests that arrive twice, as after a retry of something on the way
 * @param slowReader  how long the one who called takes for each message of a stream, and for an answer
 * @param blackHole   whether all is dropped silently
 */
public record LinkFaults(
        Duration latency,
        Duration jitter,
        double refused,
        double reset,
        double duplicate,
        Duration slowReader,
        boolean blackHole) {
    /** Nothing goes wrong. */
    public static final LinkFaults NONE = new LinkFaults(Duration.ZERO, Duration.ZERO, 0, 0, 0, Duration.ZERO, false);

    /** Checks the bounds. */
    public LinkFaults {
        notNegative("latency", latency);
        notNegative("jitter", jitter);
        notNegative("slowReader", slowReader);
        share("refused", refused);
        share("reset", reset);
        share("duplicate", duplicate);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }

    private static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 1)");
        }
    }

    /**
     * Returns a copy with this latency.
     *
     * @param each way
     * @param most what is added by chance, at most
     * @return the copy
     */
    public LinkFaults withLatency(Duration each, Duration most) {
        return new LinkFaults(each, most, refused, reset, duplicate, slowReader, blackHole);
    }

    /**
     * Returns a copy that refuses connections.
     *
     * @param share of them, 0 to 1
     * @return the copy
     */
    public LinkFaults withRefused(double share) {
        return new LinkFaults(latency, jitter, share, reset, duplicate, slowReader, blackHole);
    }

    /**
     * Returns a copy that breaks connections.
     *
     * @param share of calls, 0 to 1
     * @return the copy
     */
    public LinkFaults withReset(double share) {
        return new LinkFaults(latency, jitter, refused, share, duplicate, slowReader, blackHole);
    }

    /**
     * Returns a copy that delivers twice.
     *
     * @param share of requests, 0 to 1
     * @return the copy
     */
    public LinkFaults withDuplicate(double share) {
        return new LinkFaults(latency, jitter, refused, reset, share, slowReader, blackHole);
    }

    /**
     * Returns a copy whose caller reads slowly.
     *
     * @param each time for a message
     * @return the copy
     */
    public LinkFaults withSlowReader(Duration each) {
        return new LinkFaults(latency, jitter, refused, reset, duplicate, each, blackHole);
    }

    /**
     * Returns a copy that drops all silently, or not.
     *
     * @param dropping whether it does
     * @return the copy
     */
    public LinkFaults withBlackHole(boolean dropping) {
        return new LinkFaults(latency, jitter, refused, reset, duplicate, slowReader, dropping);
    }
}
