package dev.vertxmicro.broker.http;

import java.time.Duration;

/**
 * What a peer may do to us.
 *
 * @param idleTimeout     time after which a silent connection is closed; default 2 min
 * @param readTimeout     time from the first byte of a request to its last; default 30 s
 * @param maxConnections  connections open at once; the next is closed; default 10,000
 * @param maxMessageBytes a message in its JSON envelope, as sent and as received; default 24 MiB
 */
public record HttpReceiving(Duration idleTimeout, Duration readTimeout, int maxConnections, int maxMessageBytes) {
    /** Limits where go-micro has none. */
    public static final HttpReceiving DEFAULTS =
            new HttpReceiving(Duration.ofMinutes(2), Duration.ofSeconds(30), 10_000, 24 * 1024 * 1024);

    /** Checks the bounds. */
    public HttpReceiving {
        positive("idleTimeout", idleTimeout);
        positive("readTimeout", readTimeout);
        atLeast("maxConnections", maxConnections, 1);
        atLeast("maxMessageBytes", maxMessageBytes, 1);
    }

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }

    static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    /**
     * Returns a copy with these timeouts.
     *
     * @param idle of a silent connection
     * @param read of a request on its way
     * @return the copy
     */
    public HttpReceiving withTimeouts(Duration idle, Duration read) {
        return new HttpReceiving(idle, read, maxConnections, maxMessageBytes);
    }

    /**
     * Returns a copy with this limit of connections.
     *
     * @param connections open at once
     * @return the copy
     */
    public HttpReceiving withMaxConnections(int connections) {
        return new HttpReceiving(idleTimeout, readTimeout, connections, maxMessageBytes);
    }

    /**
     * Returns a copy with this limit of messages.
     *
     * @param bytes of a message in its envelope
     * @return the copy
     */
    public HttpReceiving withMaxMessageBytes(int bytes) {
        return new HttpReceiving(idleTimeout, readTimeout, maxConnections, bytes);
    }
}
