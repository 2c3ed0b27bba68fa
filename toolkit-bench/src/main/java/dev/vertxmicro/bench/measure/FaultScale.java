package dev.vertxmicro.bench.measure;

/**
 * How much, how long.
 *
 * @param seconds   that a scenario lasts; its faults last in proportion
 * @param perSecond calls
 * @param timeout   of a call, as a descriptor has it; empty for the default
 * @param seed      chooses who fails first
 */
public record FaultScale(double seconds, int perSecond, String timeout, long seed) {

    /**
     * What the environment of a run says: {@code bench.seconds} (60), {@code bench.rate}, {@code bench.timeout} (the default), {@code
     * bench.seed} (1).
     *
     * @param perSecond calls, where it does not say
     * @return the scale
     */
    public static FaultScale given(int perSecond) {
        return new FaultScale(
                Double.parseDouble(System.getProperty("bench.seconds", "60")),
                Integer.getInteger("bench.rate", perSecond),
                System.getProperty("bench.timeout", ""),
                Long.getLong("bench.seed", 1));
    }

    /**
     * Gives a time of a run.
     *
     * @param ofSixty seconds, in a scenario of 60
     * @return milliseconds, in one of this length
     */
    public long millis(double ofSixty) {
        return (long) (seconds * 1000 * ofSixty / 60);
    }
}
