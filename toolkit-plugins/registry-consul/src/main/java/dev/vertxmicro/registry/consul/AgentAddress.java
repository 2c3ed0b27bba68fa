package dev.vertxmicro.registry.consul;

import dev.vertxmicro.config.Secret;

/**
 * Where an agent listens.
 *
 * @param host name or literal address, without brackets
 * @param port 1 to 65535
 */
record AgentAddress(String host, int port) {
    private static final int DEFAULT_PORT = 8500;

    /**
     * Reads {@code host:port}, {@code host}, {@code [v6]:port} or {@code v6}.
     *
     * @param text the address
     * @return it
     * @throws IllegalArgumentException if it is none
     */
    static AgentAddress parse(String text) {
        String trimmed = text.trim();
        int colon = trimmed.lastIndexOf(':');
        boolean v6 = trimmed.indexOf(':') != colon;
        boolean bracketed = trimmed.startsWith("[");
        boolean ported = colon >= 0 && (!v6 || (bracketed && trimmed.charAt(colon - 1) == ']'));
        String host = ported ? trimmed.substring(0, colon) : trimmed;
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        String digits = ported ? trimmed.substring(colon + 1) : Integer.toString(DEFAULT_PORT);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (host.isEmpty() || host.matches(".*[\\s/@\\[\\]].*") || port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException(
                    "address: \"" + Secret.masked(text) + "\" (expected: host or host:port)");
        }
        return new AgentAddress(host, port);
    }

    /**
     * Brings an address into the one form that it is known by.
     *
     * @param text as {@link #parse} reads it
     * @return {@code host:port}
     */
    static String normal(String text) {
        return parse(text).toString();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
