package dev.vertxmicro.discovery;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.spi.ServiceImporter;
import io.vertx.servicediscovery.spi.ServicePublisher;
import org.jspecify.annotations.Nullable;

/**
 * Publishes our services as records of vertx-service-discovery: an {@code http-endpoint} for each node, with host and port, and
 * in its metadata {@code version}, {@code node} (its id), {@code endpoints} (their names), {@code protocol} and all else that
 * node and service say of themselves. Changes are followed; nodes that leave are unpublished.
 *
 * <p>Its configuration is a descriptor of which {@code registry} counts. A registry that is away is a warning: the records come
 * when it is back.
 */
public final class MicroServiceImporter implements ServiceImporter {
    private final @Nullable Registry given;
    private @Nullable Registry own;
    private @Nullable RecordMirror mirror;

    /** Makes an importer with a registry of its own, as its configuration says. */
    public MicroServiceImporter() {
        given = null;
    }

    private MicroServiceImporter(Registry registry) {
        given = registry;
    }

    /**
     * Makes an importer.
     *
     * @param registry whose services are published; stays the caller's to close
     * @return the importer, which needs no configuration
     */
    public static MicroServiceImporter of(Registry registry) {
        return new MicroServiceImporter(registry);
    }

    @Override
    public void start(Vertx vertx, ServicePublisher publisher, JsonObject configuration, Promise<Void> started) {
        try {
            Registry registry = given;
            if (registry == null) {
                registry = DescribedRegistry.read(configuration).maker().apply(vertx);
                own = registry;
            }
            RecordMirror made = new RecordMirror(registry, (ServiceDiscovery) publisher, VertxTimers.of(vertx));
            mirror = made;
            made.start().onComplete(started);
        } catch (RuntimeException e) {
            started.fail(e);
        }
    }

    @Override
    public void close(Handler<Void> closed) {
        Future<Void> stopped = mirror == null ? Future.succeededFuture() : mirror.stop();
        Registry registry = own;
        stopped.eventually(() -> registry == null ? Future.succeededFuture() : registry.close())
                .onComplete(done -> closed.handle(null));
    }
}
