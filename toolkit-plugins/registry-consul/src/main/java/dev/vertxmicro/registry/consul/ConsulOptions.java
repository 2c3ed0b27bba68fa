package dev.vertxmicro.registry.consul;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.consul.agent.AgentAddress;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of the Consul registry.
 *
 * @param addresses      agents, {@code host:port}, port 8500 if missing; asked in this order, the next one when one cannot
 *                       serve
 * @param token          ACL token; it needs {@code service_prefix "" { policy = "write" }} and
 *                       {@code node_prefix "" { policy = "read" }}, or narrower; empty for none
 * @param datacenter     whose services are looked up and watched; empty for that of the agent. Nodes are registered with the
 *                       agent, whatever its datacenter
 * @param stale          whether any server may answer look-ups, not the leader only, as go-micro has it; goes on without a
 *                       leader
 * @param requestTimeout how long one agent may take to answer; &gt; 0
 * @param longPoll       how long an agent holds a watch back that has nothing to tell; a proxy between must allow it; 1 s to
 *                       10 min
 * @param grace          how long nodes are kept that Consul has forgotten when it is back after an outage; choose it longer
 *                       than the interval of renewals; &gt;= 0
 * @param maxWatches     services that are watched one by one, a connection each; further ones share a watch of all. An agent
 *                       takes 200 connections of one host by default; &gt;= 0
 * @param tls            secured connections, files are in PEM form; certificate and key are those of this client, if the
 *                       agent wants one
 */
@Value.Builder
@OptionsStyle
public record ConsulOptions(
        List<String> addresses,
        Secret token,
        String datacenter,
        boolean stale,
        Duration requestTimeout,
        Duration longPoll,
        Duration grace,
        int maxWatches,
        TlsOptions tls)
        implements WithConsulOptions {
    // Before DEFAULTS, whose check needs it.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    /** The agent of this host, without a token, 5 s, 55 s, 60 s, 64 watches, plain connections. */
    public static final ConsulOptions DEFAULTS = new ConsulOptions(
            List.of("127.0.0.1:8500"),
            Secret.NONE,
            "",
            true,
            Duration.ofSeconds(5),
            Duration.ofSeconds(55),
            Duration.ofSeconds(60),
            64,
            TlsOptions.OFF);

    /** Checks the values, and adds the port to addresses without one. */
    public ConsulOptions {
        addresses = addresses.stream().map(AgentAddress::normal).distinct().toList();
        check(!addresses.isEmpty(), "addresses", "none", "host:port of an agent, >= 1");
        check(positive(requestTimeout), "requestTimeout", requestTimeout, "> 0");
        check(
                longPoll.compareTo(Duration.ofSeconds(1)) >= 0 && longPoll.compareTo(LONGEST_WAIT) <= 0,
                "longPoll",
                longPoll,
                "1 s to 10 min");
        check(!grace.isNegative(), "grace", grace, ">= 0");
        check(maxWatches >= 0, "maxWatches", maxWatches, ">= 0");
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Returns a copy with this ACL token.
     *
     * @param value the token, empty for none
     * @return the copy
     */
    public ConsulOptions withToken(String value) {
        return new ConsulOptions(
                addresses, Secret.of(value), datacenter, stale, requestTimeout, longPoll, grace, maxWatches, tls);
    }
}
