package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of a broker on the event bus.
 *
 * @param address     where it is asked, not empty
 * @param shared      true if the whole cluster may ask it, and is bridged
 * @param check       how often owners of subscriptions, and other BrokerVerticles, are asked whether they are there; &gt; 0
 * @param repeat      how long a subscriber may take before it is asked again about the same delivery; &gt; 0
 * @param maxInFlight messages that may be on their way to the broker at a time, at least 1
 * @param maxInFlightBytes payload of those, at least 1; one message may be longer
 * @param dedupeWindow how long the id of a published message is known: published again meanwhile, it is not; not negative,
 *                     zero for never
 * @param dedupeEntries ids that are known at most, the oldest going first; at least 1
 */
@Value.Builder
@OptionsStyle
public record BrokerHostOptions(
        String address,
        boolean shared,
        Duration check,
        Duration repeat,
        int maxInFlight,
        int maxInFlightBytes,
        Duration dedupeWindow,
        int dedupeEntries)
        implements WithBrokerHostOptions {
    /** {@code micro.broker}, local, 2 s, 30 s, 10,000 of 64 MiB, 10,000 ids for 1 min. */
    public static final BrokerHostOptions DEFAULTS = new BrokerHostOptions(
            "micro.broker",
            false,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            10_000,
            64 << 20,
            Duration.ofMinutes(1),
            10_000);

    /** Checks the values. */
    public BrokerHostOptions {
        require(!address.isBlank(), "address", "empty", "an address of the event bus");
        require(!check.isNegative() && check.toMillis() > 0, "check", check, ">= 1ms");
        require(!repeat.isNegative() && repeat.toMillis() > 0, "repeat", repeat, ">= 1ms");
        require(maxInFlight >= 1, "maxInFlight", maxInFlight, ">= 1");
        require(maxInFlightBytes >= 1, "maxInFlightBytes", maxInFlightBytes, ">= 1");
        require(!dedupeWindow.isNegative(), "dedupeWindow", dedupeWindow, ">= 0");
        require(dedupeEntries >= 1, "dedupeEntries", dedupeEntries, ">= 1");
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
