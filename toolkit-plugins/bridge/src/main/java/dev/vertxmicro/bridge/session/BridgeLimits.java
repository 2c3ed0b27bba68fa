package dev.vertxmicro.bridge.session;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * What clients of a bridge may use up.
 *
 * @param maxMessageBytes       size of a message that a client sends
 * @param maxConnections        connections at a time; what comes then is closed at once
 * @param maxConnectionsPerHost the same of one address of the network
 * @param maxHandlers           addresses at which one connection listens; as many subscriptions may it have
 * @param maxInFlight           requests of one connection that wait for their reply; what comes then is refused with 503
 * @param maxHandlersInAll      addresses at which all connections together listen, and subscriptions that they have
 * @param maxInFlightInAll      requests of all connections together that wait for their reply; fewer than {@code client.poolWaiting} of
 *                              the ClientVerticle, so that others than clients of the bridge still have their turn
 * @param maxUnanswered         requests to one connection that wait for its reply; what comes then is refused with 503
 * @param maxPendingBytes       bytes that wait for one connection to read them; one that lets more wait is closed, and a single
 *                              message that is larger is not delivered
 * @param replyTimeout          how long a reply may take, on either side
 * @param idleTimeout           how long a connection may say nothing, not even {@code ping}, before it is closed
 */
@Value.Builder
@OptionsStyle
public record BridgeLimits(
        int maxMessageBytes,
        int maxConnections,
        int maxConnectionsPerHost,
        int maxHandlers,
        int maxInFlight,
        int maxHandlersInAll,
        int maxInFlightInAll,
        int maxUnanswered,
        int maxPendingBytes,
        Duration replyTimeout,
        Duration idleTimeout)
        implements WithBridgeLimits {
    private static final int LARGEST = 1 << 29;
    private static final Duration LONGEST = Duration.ofHours(24);

    /** 256 KiB, 1,000 and 250 connections, 100 addresses, 100 requests, 5,000 and 2,000 in all, 100 replies, 1 MiB, 30 s, 60 s. */
    public static final BridgeLimits DEFAULTS = new BridgeLimits(
            256 << 10, 1000, 250, 100, 100, 5000, 2000, 100, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(60));

    /** Checks the values. */
    public BridgeLimits {
        within("maxMessageBytes", maxMessageBytes, 256, LARGEST);
        within("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
        within("maxConnectionsPerHost", maxConnectionsPerHost, 1, Integer.MAX_VALUE);
        within("maxHandlers", maxHandlers, 0, Integer.MAX_VALUE);
        within("maxInFlight", maxInFlight, 1, Integer.MAX_VALUE);
        within("maxHandlersInAll", maxHandlersInAll, 0, Integer.MAX_VALUE);
        within("maxInFlightInAll", maxInFlightInAll, 1, Integer.MAX_VALUE);
        within("maxUnanswered", maxUnanswered, 1, Integer.MAX_VALUE);
        within("maxPendingBytes", maxPendingBytes, 1024, LARGEST);
        within("replyTimeout", replyTimeout);
        within("idleTimeout", idleTimeout);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void within(String name, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1ms to 24h)");
        }
    }

    /**
     * Reads the section {@code $.limits}.
     *
     * @param section the section
     * @return what it says
     */
    public static BridgeLimits from(Section section) {
        return section.build(() -> new BridgeLimits(
                section.integer("maxMessageBytes", DEFAULTS.maxMessageBytes()),
                section.integer("maxConnections", DEFAULTS.maxConnections()),
                section.integer("maxConnectionsPerHost", DEFAULTS.maxConnectionsPerHost()),
                section.integer("maxHandlers", DEFAULTS.maxHandlers()),
                section.integer("maxInFlight", DEFAULTS.maxInFlight()),
                section.integer("maxHandlersInAll", DEFAULTS.maxHandlersInAll()),
                section.integer("maxInFlightInAll", DEFAULTS.maxInFlightInAll()),
                section.integer("maxUnanswered", DEFAULTS.maxUnanswered()),
                section.integer("maxPendingBytes", DEFAULTS.maxPendingBytes()),
                section.duration("replyTimeout", DEFAULTS.replyTimeout()),
                section.duration("idleTimeout", DEFAULTS.idleTimeout())));
    }
}
