package dev.vertxmicro.server;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.registry.Heartbeat;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * How a server serves: go-micro's {@code server.Options}.
 *
 * @param name               name that callers use; default {@code go.micro.server}
 * @param version            version that the registry lists; default {@code latest}
 * @param id                 what makes its node unique, random where it is not given; default a random UUID
 * @param address            {@code host:port} to listen on; without a host every interface, port 0 takes a free one; default
 *                           {@code :0}
 * @param advertise          {@code host:port} to register instead of the one listened on; empty registers that
 * @param metadata           entries of the node's metadata
 * @param registerTtl        how long a registration holds; default 60 s; zero for ever
 * @param registerInterval   how often it is renewed, sooner than it runs out, and up to 20 % sooner by chance; half of that
 *                           time where only it is given; default 30 s
 * @param registerRequired   whether a server that cannot register fails to start; else it warns, serves, and registers
 *                           later; default false
 * @param maxConcurrentCalls how many calls may run at once; the next is refused with 503; default 10,000
 * @param maxConcurrentCallsPerPeer how many of them one peer may have, a peer being a host; 0 for three quarters of
 *     {@code maxConcurrentCalls}, rounded up; raise it where all calls come through one proxy; default 0
 * @param adaptiveLimit      when fewer than {@code maxConcurrentCalls} may run, so that those that do are answered in time; default
 *                           {@link AdaptiveLimit#OVERLOAD}
 * @param dedupe             whether a call that comes twice under one {@code Micro-Idempotency-Key} is handled once
 * @param drainDelay         how long a stop goes on to take calls after its node has left the registry, so that callers have
 *                           heard; where it is not given, as long as those who watch that registry usually need
 * @param drainTimeout       how long a stop may take in all: to leave the registry, for that delay, and for calls that run and
 *                           handlers that nobody waits for any more, which have a quarter of it at least; default 10 s
 */
@Value.Builder
@OptionsStyle
public record ServerOptions(
        String name,
        String version,
        String id,
        String address,
        String advertise,
        Map<String, String> metadata,
        Duration registerTtl,
        Duration registerInterval,
        boolean registerRequired,
        int maxConcurrentCalls,
        int maxConcurrentCallsPerPeer,
        AdaptiveLimit adaptiveLimit,
        DedupeOptions dedupe,
        Optional<Duration> drainDelay,
        Duration drainTimeout)
        implements WithServerOptions {

    /** Checks the bounds and copies the metadata. */
    public ServerOptions {
        metadata = Map.copyOf(metadata);
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: empty (expected: a service name)");
        }
        if (id.isBlank()) {
            throw new IllegalArgumentException("id: empty (expected: a unique id)");
        }
        Heartbeat.check("registerTtl", registerTtl, "registerInterval", registerInterval);
        if (maxConcurrentCalls < 1) {
            throw new IllegalArgumentException("maxConcurrentCalls: " + maxConcurrentCalls + " (expected: >= 1)");
        }
        if (maxConcurrentCallsPerPeer < 0) {
            throw new IllegalArgumentException(
                    "maxConcurrentCallsPerPeer: " + maxConcurrentCallsPerPeer + " (expected: >= 0)");
        }
        drainDelay.filter(Duration::isNegative).ifPresent(delay -> {
            throw new IllegalArgumentException("drainDelay: " + delay + " (expected: >= 0)");
        });
        if (drainTimeout.isNegative()) {
            throw new IllegalArgumentException("drainTimeout: " + drainTimeout + " (expected: >= 0)");
        }
    }

    /**
     * Makes go-micro's defaults with a fresh id.
     *
     * @return the options
     */
    public static ServerOptions defaults() {
        return new ServerOptions(
                "go.micro.server",
                "latest",
                UUID.randomUUID().toString(),
                ":0",
                "",
                Map.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                false,
                10_000,
                0,
                AdaptiveLimit.OVERLOAD,
                DedupeOptions.DEFAULTS,
                Optional.empty(),
                Duration.ofSeconds(10));
    }

    /**
     * Returns a copy with this heartbeat.
     *
     * @param ttl how long a registration holds; zero for ever
     * @param interval how often it is renewed, shorter; {@link Heartbeat#interval} for who has no wish
     * @return the copy
     */
    public ServerOptions withHeartbeat(Duration ttl, Duration interval) {
        return new ServerOptions(
                name,
                version,
                id,
                address,
                advertise,
                metadata,
                ttl,
                interval,
                registerRequired,
                maxConcurrentCalls,
                maxConcurrentCallsPerPeer,
                adaptiveLimit,
                dedupe,
                drainDelay,
                drainTimeout);
    }

    /**
     * Tells how many calls one peer may have at once.
     *
     * @return {@link #maxConcurrentCallsPerPeer()}, or three quarters of {@link #maxConcurrentCalls()}
     */
    public int callsPerPeer() {
        return maxConcurrentCallsPerPeer > 0
                ? maxConcurrentCallsPerPeer
                : (int) (maxConcurrentCalls - maxConcurrentCalls / 4L);
    }
}
