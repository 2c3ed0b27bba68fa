package dev.vertxmicro.bench.registry;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.verticle.registry.RegistryHost;
import dev.vertxmicro.verticle.registry.RegistryHostOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** How long it takes until somebody on the event bus watches and has listed all services of a registry in memory. */
final class SetUp {
    private static final long PATIENCE_SECONDS = 60;

    private SetUp() {}

    /** Opens the registry to the event bus, watches and lists it there; the answer is checked. Gives seconds. */
    static double seconds() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Registry backend = Registry.inMemory(VertxTimers.of(vertx));
            await(ManyServices.register(backend));
            long begin = System.nanoTime();
            await(open(vertx, backend));
            Registry reader = EventBusRegistry.create(vertx, EventBusRegistryOptions.DEFAULTS);
            await(reader.watch(change -> {}));
            int listed = await(reader.list()).size();
            double seconds = (System.nanoTime() - begin) / 1e9;
            int nodes = await(reader.get(ManyServices.name(ManyServices.SERVICES - 1)))
                    .get(0)
                    .nodes()
                    .size();
            if (listed != ManyServices.SERVICES || nodes != ManyServices.NODES) {
                throw new IllegalStateException("listed: " + listed + " of " + nodes + " nodes (expected: "
                        + ManyServices.SERVICES + " of " + ManyServices.NODES + ")");
            }
            return seconds;
        } finally {
            await(vertx.close());
        }
    }

    private static Future<Void> open(Vertx vertx, Registry backend) {
        Promise<Void> opened = Promise.promise();
        vertx.runOnContext(here -> RegistryHost.create(vertx, backend, RegistryHostOptions.DEFAULTS, up -> {})
                .start()
                .onComplete(opened));
        return opened.future();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
