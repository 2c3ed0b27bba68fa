package dev.vertxmicro.registry.kubernetes.api;

import dev.vertxmicro.net.TlsOptions;
import java.time.Duration;
import java.util.List;

/**
 * How API servers are reached.
 *
 * @param addresses      of the servers, one at least
 * @param requestTimeout how long one may take to answer
 * @param tls            whom to believe, and what to show
 */
public record ApiSettings(List<ApiAddress> addresses, Duration requestTimeout, TlsOptions tls) {}
