package dev.vertxmicro.registry.consul.agent;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Secret;

/**
 * Where an agent listens.
 *
 * @param host name or literal address, without brackets
 * @param port 1 to 65535
 */
public record AgentAddress(String host, int port) {
    private static final int DEFAULT_PORT = 8500;

    /**
     * Reads {@code host:port}, {@code host}, {@code [v6]:port} or {@code v6}.
     *
     * @param text the address
     * @return it
     * @throws IllegalArgumentException if it is none
     */
    public static AgentAddress parse(String text) {
        return HostPort.parse(text.trim(), DEFAULT_PORT)
                .map(at -> new AgentAddress(at.host(), at.port()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "address: \"" + Secret.masked(text) + "\" (expected: host or host:port)"));
    }

    /**
     * Brings an address into the one form that it is known by.
     *
     * @param text as {@link #parse} reads it
     * @return {@code host:port}
     */
    public static String normal(String text) {
        return parse(text).toString();
    }

    @Override
    public String toString() {
        return new HostPort(host, port).text();
    }
}
