package dev.vertxmicro.verticle.ownership;

import java.time.Duration;

/**
 * How long a lease holds, and what follows from it.
 *
 * @param pulse    how often it is renewed
 * @param length   how long it holds unless renewed, by the clock of the holder
 * @param patience how long others wait for a sign of life, by their own clocks; longer
 * @param recovery how long who was not running for longer than {@code length} refuses everything: what was sent to him before
 *                 was given up meanwhile
 */
public record LeaseTerms(Duration pulse, Duration length, Duration patience, Duration recovery) {
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    /**
     * Derives them from a period of checks.
     *
     * @param check  the period
     * @param shared true if others may be in other processes, and believe in another cluster for a while
     * @return renewed every half of it, held for two, at least 2 s
     */
    public static LeaseTerms of(Duration check, boolean shared) {
        Duration two = check.multipliedBy(2);
        Duration length = two.compareTo(SHORTEST) < 0 ? SHORTEST : two;
        Duration pulse = check.dividedBy(2).plusNanos(1);
        return new LeaseTerms(pulse, length, length.plus(length.dividedBy(8)), shared ? length : pulse);
    }
}
