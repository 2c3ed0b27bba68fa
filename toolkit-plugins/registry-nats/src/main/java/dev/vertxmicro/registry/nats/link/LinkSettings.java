package dev.vertxmicro.registry.nats.link;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How servers are reached.
 *
 * @param addresses      servers, {@code host:port}
 * @param user           empty for none
 * @param password       of the user
 * @param token          in place of a user
 * @param requestTimeout how long an answer may take
 * @param reconnectWait  pause before a server is tried again
 * @param pingInterval   how often a connection is tried out
 * @param tls            secured connections
 */
public record LinkSettings(
        List<String> addresses,
        String user,
        Secret password,
        Secret token,
        Duration requestTimeout,
        Duration reconnectWait,
        Duration pingInterval,
        TlsOptions tls) {
    private static final int DEFAULT_PORT = 4222;
    private static final Pattern SUBJECT = Pattern.compile("[^\\s.*>]+(\\.[^\\s.*>]+)*");
    private static final String SCHEME = "nats://";

    /** Checks the values, and brings addresses into one form. */
    public LinkSettings {
        addresses = addresses.stream().map(LinkSettings::normal).distinct().toList();
        check(!addresses.isEmpty(), "addresses", "none", "host:port of a server, >= 1");
        check(user.isEmpty() || token.isEmpty(), "token", "***", "no user beside it");
        check(!user.isEmpty() || password.isEmpty(), "password", "***", "a user beside it");
        positive("requestTimeout", requestTimeout);
        positive("reconnectWait", reconnectWait);
        positive("pingInterval", pingInterval);
    }

    private static String normal(String text) {
        String address = text.trim();
        return HostPort.parse(address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address, DEFAULT_PORT)
                .map(HostPort::text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "address: \"" + Secret.masked(text) + "\" (expected: host or host:port)"));
    }

    /**
     * Refuses what is no subject to publish to.
     *
     * @param name  of the component
     * @param value its value
     * @throws IllegalArgumentException if it is empty, or has spaces, wildcards or empty tokens
     */
    public static void subject(String name, String value) {
        check(SUBJECT.matcher(value).matches(), name, value.isEmpty() ? "empty" : value, "tokens between dots");
    }

    /**
     * Refuses what is not longer than nothing.
     *
     * @param name  of the component
     * @param value its value
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static void positive(String name, Duration value) {
        check(!value.isNegative() && !value.isZero(), name, value, "> 0");
    }

    /**
     * Refuses a value.
     *
     * @param good     whether it is to be taken
     * @param name     of the component
     * @param value    as it is to be shown
     * @param expected what it should be
     * @throws IllegalArgumentException if it is not good
     */
    public static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
