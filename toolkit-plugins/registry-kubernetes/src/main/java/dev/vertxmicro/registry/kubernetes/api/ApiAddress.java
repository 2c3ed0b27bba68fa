package dev.vertxmicro.registry.kubernetes.api;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Secret;

/**
 * Where an API server listens.
 *
 * @param host    name or literal address, without brackets
 * @param port    1 to 65535
 * @param secured whether it speaks TLS, as all do but {@code kubectl proxy}
 */
public record ApiAddress(String host, int port, boolean secured) {
    private static final String PLAIN = "http://";
    private static final String SECURED = "https://";
    private static final int PLAIN_PORT = 80;
    private static final int SECURED_PORT = 443;

    /**
     * Reads {@code host}, {@code host:port}, or either behind {@code https://} or {@code http://}.
     *
     * @param text the address
     * @return it; secured unless it says {@code http://}
     * @throws IllegalArgumentException if it is none
     */
    public static ApiAddress parse(String text) {
        String trimmed = text.trim();
        boolean plain = trimmed.startsWith(PLAIN);
        String rest = plain || trimmed.startsWith(SECURED) ? trimmed.substring(trimmed.indexOf("//") + 2) : trimmed;
        String host = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return HostPort.parse(host, plain ? PLAIN_PORT : SECURED_PORT)
                .map(at -> new ApiAddress(at.host(), at.port(), !plain))
                .orElseThrow(() -> new IllegalArgumentException("address: \"" + Secret.masked(text)
                        + "\" (expected: host:port, https://host:port or http://host:port)"));
    }

    /**
     * Brings an address into the one form that it is known by.
     *
     * @param text as {@link #parse} reads it
     * @return {@code https://host:port} or {@code http://host:port}
     */
    public static String normal(String text) {
        return parse(text).toString();
    }

    @Override
    public String toString() {
        return (secured ? SECURED : PLAIN) + new HostPort(host, port).text();
    }
}
