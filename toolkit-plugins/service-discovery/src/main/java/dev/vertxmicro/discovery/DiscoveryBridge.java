package dev.vertxmicro.discovery;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.DiscoveryOptions;
import dev.vertxmicro.spi.RegistryBridge;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.servicediscovery.ServiceDiscovery;
import java.time.Duration;

/** A registry and vertx-service-discovery, each showing what the other knows, as far as asked for. */
public final class DiscoveryBridge implements RegistryBridge {
    private final Vertx vertx;
    private final DiscoveryOptions options;
    private final RecordMirror mirror;
    private final RecordSource source;

    private DiscoveryBridge(Vertx vertx, Registry registry, DiscoveryOptions options, Duration ttl, Duration interval) {
        this.vertx = vertx;
        this.options = options;
        ServiceDiscovery discovery = ServiceDiscovery.create(vertx);
        Timers timers = VertxTimers.of(vertx);
        mirror = new RecordMirror(registry, discovery, timers);
        source = new RecordSource(registry, discovery, ttl, interval, timers);
    }

    /**
     * Makes a bridge that has not begun.
     *
     * @param vertx    whose records these are
     * @param registry the registry; stays the caller's to close, after the bridge has stopped
     * @param options  which ways
     * @param ttl      how long a registration of a record holds
     * @param interval how often it is renewed
     * @return the bridge
     */
    public static DiscoveryBridge create(
            Vertx vertx, Registry registry, DiscoveryOptions options, Duration ttl, Duration interval) {
        return new DiscoveryBridge(vertx, registry, options, ttl, interval);
    }

    @Override
    public Future<Void> start() {
        Future<Void> mirrored = options.mirror() ? mirror.start() : Future.succeededFuture();
        return options.imports() ? mirrored.compose(done -> source.start(vertx)) : mirrored;
    }

    @Override
    public Future<Void> stop() {
        return Future.join(mirror.stop(), source.stop()).mapEmpty();
    }
}
