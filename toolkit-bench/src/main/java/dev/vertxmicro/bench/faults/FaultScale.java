package dev.vertxmicro.bench.faults;

/**
 * How much, how long.
 *
 * @param seconds   that a scenario lasts; its faults last in proportion
 * @param perSecond calls
 * @param timeout   of a call, as a descriptor has it; empty for the default
 * @param seed      chooses who fails first
 */
record FaultScale(double seconds, int perSecond, String timeout, long seed) {

    /** What the environment of a run says. */
    static FaultScale given() {
        return new FaultScale(
                Double.parseDouble(System.getProperty("bench.seconds", "60")),
                Integer.getInteger("bench.rate", 1000),
                System.getProperty("bench.timeout", ""),
                Long.getLong("bench.seed", 1));
    }

    /** A time that takes so many seconds in a scenario of 60. */
    long millis(double ofSixty) {
        return (long) (seconds * 1000 * ofSixty / 60);
    }
}
