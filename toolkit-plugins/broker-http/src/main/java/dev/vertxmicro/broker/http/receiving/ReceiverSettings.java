package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.net.TlsOptions;
import java.time.Duration;

/**
 * Where messages come in, and what a peer may do.
 *
 * @param address          {@code host:port} to listen on
 * @param tls              how connections are secured
 * @param idleTimeout      after which a silent connection is closed
 * @param readTimeout      for a request to arrive
 * @param maxConnections   open at once
 * @param maxMessageBytes  of a request
 * @param maxBufferedBytes that all peers together may fill
 */
public record ReceiverSettings(
        String address,
        TlsOptions tls,
        Duration idleTimeout,
        Duration readTimeout,
        int maxConnections,
        int maxMessageBytes,
        long maxBufferedBytes) {}
