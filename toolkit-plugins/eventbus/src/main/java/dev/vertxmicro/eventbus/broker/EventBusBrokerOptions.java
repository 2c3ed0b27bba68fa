package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of both ends of a broker on the event bus.
 *
 * @param address     where the BrokerVerticle is asked; in its own configuration: where it answers; not empty
 * @param timeout     how long its answer may take, that of a publish too; &gt; 0
 * @param check       how often a subscriber asks whether its BrokerVerticle still knows it, and a BrokerVerticle whether its
 *                    subscribers, and others of its kind, are there; &gt; 0
 * @param maxInFlight messages that may wait to be published at a time, at each end; above it a publish fails with 503; at
 *                    least 1
 * @param maxInFlightBytes payload of those; one message may be longer; at least 1
 * @param dedupeWindow how long the BrokerVerticle knows the id of a message that it has published: offered again meanwhile, it is
 *                     not published again; zero for never; &gt;= 0
 * @param dedupeEntries ids that it knows at most, the oldest going first; at least 1
 */
@Value.Builder
@OptionsStyle
public record EventBusBrokerOptions(
        String address,
        Duration timeout,
        Duration check,
        int maxInFlight,
        int maxInFlightBytes,
        Duration dedupeWindow,
        int dedupeEntries)
        implements WithEventBusBrokerOptions {
    /** {@code micro.broker}, 10 s (longer than a takeover), 2 s, 10,000 of 64 MiB, 10,000 ids for 1 min. */
    public static final EventBusBrokerOptions DEFAULTS = new EventBusBrokerOptions(
            BusProtocol.BROKER,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            10_000,
            64 << 20,
            Duration.ofMinutes(1),
            10_000);

    /** Checks the values. */
    public EventBusBrokerOptions {
        check(!address.isBlank(), "address", "empty", "an address of the event bus");
        check(!timeout.isNegative() && timeout.toMillis() > 0, "timeout", timeout, ">= 1ms");
        check(!check.isNegative() && check.toMillis() > 0, "check", check, ">= 1ms");
        check(maxInFlight >= 1, "maxInFlight", maxInFlight, ">= 1");
        check(maxInFlightBytes >= 1, "maxInFlightBytes", maxInFlightBytes, ">= 1");
        check(!dedupeWindow.isNegative(), "dedupeWindow", dedupeWindow, ">= 0");
        check(dedupeEntries >= 1, "dedupeEntries", dedupeEntries, ">= 1");
    }

    /**
     * Reads the section {@code $.broker.eventbus}.
     *
     * @param section the section
     * @return what it says
     */
    public static EventBusBrokerOptions from(Section section) {
        return section.build(() -> DEFAULTS.withAddress(section.string("address", DEFAULTS.address()))
                .withTimeout(section.duration("timeout", DEFAULTS.timeout()))
                .withCheck(section.duration("check", DEFAULTS.check()))
                .withMaxInFlight(section.integer("maxInFlight", DEFAULTS.maxInFlight()))
                .withMaxInFlightBytes(section.integer("maxInFlightBytes", DEFAULTS.maxInFlightBytes()))
                .withDedupeWindow(section.duration("dedupeWindow", DEFAULTS.dedupeWindow()))
                .withDedupeEntries(section.integer("dedupeEntries", DEFAULTS.dedupeEntries())));
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
