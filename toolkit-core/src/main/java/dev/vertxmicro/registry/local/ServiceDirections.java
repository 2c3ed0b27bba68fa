package dev.vertxmicro.registry.local;

import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.List;
import java.util.Map;

/** Asks another place for some services. */
public final class ServiceDirections implements Discovery {
    private final Discovery usual;
    private final Map<String, Discovery> special;

    /** Makes one; {@link Discovery#directed} is for users. */
    public ServiceDirections(Discovery usual, Map<String, Discovery> special) {
        this.usual = usual;
        this.special = Map.copyOf(special);
    }

    private Discovery of(String name) {
        return special.getOrDefault(name, usual);
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return of(name).get(name);
    }

    @Override
    public Future<List<String>> list() {
        return usual.list();
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return usual.watch(handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return of(name).watch(name, handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler, Handler<List<ServiceInfo>> soFar) {
        return of(name).watch(name, handler, soFar);
    }
}
