package dev.vertxmicro.spi;

import dev.vertxmicro.registry.Registry;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Makes bridges between a registry and a directory of one type. */
public interface RegistryBridgeProvider extends Provider {
    /** The type that {@code $.discovery} is about. */
    String SERVICE_DISCOVERY = "service-discovery";

    /**
     * Makes a bridge that has not begun.
     *
     * @param vertx    whose directory it is
     * @param registry the registry; stays the caller's to close, after the bridge has stopped
     * @param options  which ways
     * @param ttl      how long a registration holds
     * @param interval how often it is renewed
     * @return the bridge
     */
    RegistryBridge bridge(Vertx vertx, Registry registry, DiscoveryOptions options, Duration ttl, Duration interval);
}
