package dev.vertxmicro.selector.caching;

/**
 * How fast a service answers: when it last did, and how long its answers take, with how much they vary, as TCP estimates its time-outs
 * (RFC 6298, section 2). One that was slow for once is forgotten after some twenty others. Written by many at once without a lock: it is
 * a guess.
 */
final class ServicePace {
    private static final double GAIN = 1.0 / 8;
    private static final double VARIATION_GAIN = 1.0 / 4;
    private static final int VARIATIONS = 4;

    private volatile boolean heard;
    private volatile long heardAt;
    private volatile double smoothed;
    private volatile double variation;

    void answered(long took, long now) {
        double mean = smoothed;
        double varies = variation;
        double error = heard ? took - mean : 0;
        smoothed = heard ? mean + error * GAIN : took;
        variation = heard ? varies + (Math.abs(error) - varies) * VARIATION_GAIN : took / 2.0;
        heardAt = now;
        heard = true;
    }

    /** Tells whether a node has answered since. */
    boolean answeredSince(long time) {
        return heard && heardAt - time > 0;
    }

    /** How long answers take of late. */
    long meanNanos() {
        return (long) smoothed;
    }

    /** By when an answer should be there. */
    long expectedNanos() {
        return (long) (smoothed + VARIATIONS * variation);
    }
}
