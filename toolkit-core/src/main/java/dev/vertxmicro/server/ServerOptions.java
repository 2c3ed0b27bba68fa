package dev.vertxmicro.server;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.registry.Heartbeat;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * How a server serves: go-micro's {@code server.Options}.
 *
 * @param name               name it is called by; default {@code go.micro.server}
 * @param version            version of the service; default {@code latest}
 * @param id                 what makes its node unique; default a random UUID
 * @param address            where to listen, {@code host:port}; default {@code :0}, any free port of every interface
 * @param advertise          address to register instead of the one listened on; empty registers that
 * @param metadata           entries of the node's metadata
 * @param registerTtl        how long a registration holds; default 60 s; zero for ever
 * @param registerInterval   how often it is renewed, before it has run out; default 30 s
 * @param registerRequired   true if a server that cannot register must not start; default false, it warns and tries again
 * @param maxConcurrentCalls how many calls may run at once; the next is refused with 503; default 10,000
 * @param maxConcurrentCallsPerPeer how many of them one peer may have, a peer being a host; default 0, three quarters of
 *                                  {@code maxConcurrentCalls}, rounded up
 * @param drainTimeout       how long a stop waits for calls that run; default 10 s
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
