package dev.vertxmicro.net;

/**
 * Where a service takes calls, and how that is secured: what else of it takes connections is to be protected alike.
 *
 * @param address {@code host:port} that it listens on, no host for all interfaces
 * @param tls     how its connections are secured
 */
public record Exposure(String address, TlsOptions tls) {
    /** All interfaces, plain. */
    public static final Exposure OPEN = new Exposure(":0", TlsOptions.OFF);
}
