package dev.vertxmicro.wrapper.resilience;

/**
 * One circuit of a breaker, as it is now.
 *
 * @param name         what it guards: {@code greeter}, {@code greeter Greeter.Hello}, {@code greeter 10.0.0.1:8080}, {@code messages
 *                     TOPIC}, {@code server Greeter.Hello}, {@code subscriber TOPIC}, or {@code others}
 * @param state        {@code closed}, {@code open} or {@code half open}; an open one becomes half open by the first call after its time
 * @param failureRate  of a hundred calls, how many failed; -1 while there were too few
 * @param slowCallRate of a hundred calls, how many were slow; -1 while there were too few
 * @param calls        how many calls it remembers
 * @param refused      how many it has refused since it was made
 */
public record BreakerStatus(
        String name, String state, float failureRate, float slowCallRate, int calls, long refused) {}
