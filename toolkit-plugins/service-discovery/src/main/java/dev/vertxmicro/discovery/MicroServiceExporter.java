package dev.vertxmicro.discovery;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.spi.ServiceExporter;
import io.vertx.servicediscovery.spi.ServicePublisher;
import org.jspecify.annotations.Nullable;

/**
 * Registers the HTTP endpoints that plain Vert.x applications publish as records, so that clients of ours, and Go's, find them.
 * One exporter sees what anybody publishes in this Vert.x, or this cluster of them; records that
 * {@link MicroServiceImporter} made of our own services are left out.
 *
 * <p>Its configuration is a descriptor of which {@code registry} counts, {@code ttl} and {@code interval} included.
 */
public final class MicroServiceExporter implements ServiceExporter {
    private final @Nullable Registry given;
    private @Nullable Registry own;
    private @Nullable RecordSource source;

    /** Makes an exporter with a registry of its own, as its configuration says. */
    public MicroServiceExporter() {
        given = null;
    }

    private MicroServiceExporter(Registry registry) {
        given = registry;
    }

    /**
     * Makes an exporter.
     *
     * @param registry where services are registered; stays the caller's to close
     * @return the exporter, whose configuration may have {@code ttl} and {@code interval} in {@code registry}
     */
    public static MicroServiceExporter of(Registry registry) {
        return new MicroServiceExporter(registry);
    }

    @Override
    public void init(Vertx vertx, ServicePublisher publisher, JsonObject configuration, Promise<Void> started) {
        try {
            DescribedRegistry described = DescribedRegistry.read(configuration);
            Registry registry = given;
            if (registry == null) {
                registry = described.maker().apply(vertx);
                own = registry;
            }
            RecordSource made = new RecordSource(
                    registry,
                    (ServiceDiscovery) publisher,
                    described.settings().ttl(),
                    described.settings().interval(),
                    VertxTimers.of(vertx));
            source = made;
            made.start(vertx).onComplete(started);
        } catch (RuntimeException e) {
            started.fail(e);
        }
    }

    @Override
    public void onPublish(Record record) {
        // announced on the event bus too, as what others publish is
    }

    @Override
    public void onUpdate(Record record) {
        // as above
    }

    @Override
    public void onUnpublish(String id) {
        // as above
    }

    @Override
    public void close(Handler<Void> closed) {
        Future<Void> stopped = source == null ? Future.succeededFuture() : source.stop();
        Registry registry = own;
        stopped.eventually(() -> registry == null ? Future.succeededFuture() : registry.close())
                .onComplete(done -> closed.handle(null));
    }
}
