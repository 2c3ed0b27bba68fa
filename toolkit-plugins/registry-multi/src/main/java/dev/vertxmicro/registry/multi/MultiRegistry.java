package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/**
 * A registry over Multi, of which nothing is written yet: each call fails.
 *
 * <p>Failures, threads and what holds after {@code close}: to be said here.
 */
public final class MultiRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "multi";

    private final MultiRegistryOptions options;

    private MultiRegistry(MultiRegistryOptions options) {
        this.options = options;
    }

    /**
     * Makes one. Nothing is sent before it is used.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static MultiRegistry create(Vertx vertx, MultiRegistryOptions options) {
        return new MultiRegistry(options);
    }

    private <T> Future<T> toBeWritten(String what) {
        return Future.failedFuture(new UnsupportedOperationException(
                what + " at " + options.address() + " (expected: to be written)"));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return toBeWritten("register");
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return toBeWritten("deregister");
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return toBeWritten("get");
    }

    @Override
    public Future<List<String>> list() {
        return toBeWritten("list");
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return toBeWritten("watch");
    }

    @Override
    public Future<Void> close() {
        return toBeWritten("close");
    }
}
