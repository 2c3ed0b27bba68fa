package dev.vertxmicro.verticle.broker;

import java.time.Duration;

/**
 * Settings of a broker on the event bus.
 *
 * @param address     where it is asked, not empty
 * @param shared      true if the whole cluster may ask it, and is bridged
 * @param check       how often owners of subscriptions, and other BrokerVerticles, are asked whether they are there; &gt; 0
 * @param repeat      how long a subscriber may take before it is asked again about the same delivery; &gt; 0
 * @param maxInFlight messages that may be on their way to the broker at a time, at least 1
 * @param maxInFlightBytes payload of those, at least 1; one message may be longer
 */
public record BrokerHostOptions(
        String address, boolean shared, Duration check, Duration repeat, int maxInFlight, int maxInFlightBytes) {
    /** {@code micro.broker}, local, 2 s, 30 s, 10,000 of 64 MiB. */
    public static final BrokerHostOptions DEFAULTS = new BrokerHostOptions(
            "micro.broker", false, Duration.ofSeconds(2), Duration.ofSeconds(30), 10_000, 64 << 20);

    /** Checks the values. */
    public BrokerHostOptions {
        require(!address.isBlank(), "address", "empty", "an address of the event bus");
        require(!check.isNegative() && check.toMillis() > 0, "check", check, ">= 1ms");
        require(!repeat.isNegative() && repeat.toMillis() > 0, "repeat", repeat, ">= 1ms");
        require(maxInFlight >= 1, "maxInFlight", maxInFlight, ">= 1");
        require(maxInFlightBytes >= 1, "maxInFlightBytes", maxInFlightBytes, ">= 1");
    }

    private static void require(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Returns a copy that is asked at this address.
     *
     * @param value the address
     * @return the copy
     */
    public BrokerHostOptions withAddress(String value) {
        return new BrokerHostOptions(value, shared, check, repeat, maxInFlight, maxInFlightBytes);
    }

    /**
     * Returns a copy that the whole cluster may ask, or not.
     *
     * @param value whether it may
     * @return the copy
     */
    public BrokerHostOptions withShared(boolean value) {
        return new BrokerHostOptions(address, value, check, repeat, maxInFlight, maxInFlightBytes);
    }

    /**
     * Returns a copy with this interval of checks.
     *
     * @param value how often others are asked whether they are there
     * @return the copy
     */
    public BrokerHostOptions withCheck(Duration value) {
        return new BrokerHostOptions(address, shared, value, repeat, maxInFlight, maxInFlightBytes);
    }

    /**
     * Returns a copy that asks again after this time.
     *
     * @param value how long a subscriber may take
     * @return the copy
     */
    public BrokerHostOptions withRepeat(Duration value) {
        return new BrokerHostOptions(address, shared, check, value, maxInFlight, maxInFlightBytes);
    }

    /**
     * Returns a copy with this limit.
     *
     * @param value messages on their way at a time
     * @return the copy
     */
    public BrokerHostOptions withMaxInFlight(int value) {
        return new BrokerHostOptions(address, shared, check, repeat, value, maxInFlightBytes);
    }

    /**
     * Returns a copy with this limit.
     *
     * @param value bytes of the messages on their way at a time
     * @return the copy
     */
    public BrokerHostOptions withMaxInFlightBytes(int value) {
        return new BrokerHostOptions(address, shared, check, repeat, maxInFlight, value);
    }
}
