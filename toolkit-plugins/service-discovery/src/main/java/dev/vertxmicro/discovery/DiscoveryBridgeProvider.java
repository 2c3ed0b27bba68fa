package dev.vertxmicro.discovery;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.DiscoveryOptions;
import dev.vertxmicro.spi.RegistryBridge;
import dev.vertxmicro.spi.RegistryBridgeProvider;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Provides {@code "discovery"}: what a RegistryVerticle shows to vertx-service-discovery, and takes from it. */
public final class DiscoveryBridgeProvider implements RegistryBridgeProvider {

    /** For the service loader. */
    public DiscoveryBridgeProvider() {}

    @Override
    public String type() {
        return SERVICE_DISCOVERY;
    }

    @Override
    public RegistryBridge bridge(
            Vertx vertx, Registry registry, DiscoveryOptions options, Duration ttl, Duration interval) {
        return DiscoveryBridge.create(vertx, registry, options, ttl, interval);
    }
}
