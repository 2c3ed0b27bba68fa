package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A registry in memory that can be away, tells of each registration, and counts look-ups. */
class OutageRegistry implements Registry {
    private final Registry memory;
    private final Consumer<String> registered;
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile boolean away;

    OutageRegistry(Registry memory, Consumer<String> registered) {
        this.memory = memory;
        this.registered = registered;
    }

    void away(boolean now) {
        away = now;
    }

    int lookups() {
        return lookups.get();
    }

    private <T> Future<T> ifThere(Supplier<Future<T>> operation) {
        return away ? Future.failedFuture(MicroException.internal("outage", "backend is away")) : operation.get();
    }

    @Override
    public String type() {
        return "outage";
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return ifThere(() -> memory.register(service, ttl)
                .onSuccess(done -> registered.accept(service.nodes().get(0).id())));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return ifThere(() -> memory.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        lookups.incrementAndGet();
        return ifThere(() -> memory.get(name));
    }

    @Override
    public Future<List<String>> list() {
        lookups.incrementAndGet();
        return ifThere(memory::list);
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return ifThere(() -> memory.watch(handler));
    }

    @Override
    public Future<Void> close() {
        return memory.close();
    }
}
