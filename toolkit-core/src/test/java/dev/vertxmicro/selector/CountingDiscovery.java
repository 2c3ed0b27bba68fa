package dev.vertxmicro.selector;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.List;

/** Counts look-ups, and fails or holds them back when told to. */
final class CountingDiscovery implements Discovery {
    private final Discovery discovery;
    int gets;
    int open;
    boolean failing;
    boolean early;
    Promise<Void> held = Promise.promise();
    Handler<List<ServiceInfo>> soFar = known -> {};

    CountingDiscovery(Discovery discovery) {
        this.discovery = discovery;
        held.complete();
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        gets++;
        Future<List<ServiceInfo>> answer =
                early ? discovery.get(name) : held.future().compose(free -> discovery.get(name));
        return failing
                ? Future.failedFuture(MicroException.internal("registry", "registry away"))
                : held.future().compose(free -> answer);
    }

    @Override
    public Future<List<String>> list() {
        return discovery.list();
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler, Handler<List<ServiceInfo>> known) {
        soFar = known;
        return watch(name, handler);
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        open++;
        return discovery.watch(handler).map(watch -> () -> {
            open--;
            watch.close();
        });
    }
}
