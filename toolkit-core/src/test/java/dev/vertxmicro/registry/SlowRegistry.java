package dev.vertxmicro.registry;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** A registry in memory whose watchers hear late, or which the test breaks. */
public final class SlowRegistry implements Registry {
    private final Registry inner;
    /** How long watchers need. */
    public Supplier<Duration> notice = () -> Duration.ofMillis(500);
    /** What comes of registering, and of leaving. */
    public Future<Void> taking = Future.succeededFuture();

    public Future<Void> leaving = Future.succeededFuture();

    public SlowRegistry(Timers timers) {
        inner = Registry.inMemory(timers);
    }

    @Override
    public String type() {
        return "slow";
    }

    @Override
    public Duration noticePeriod() {
        return notice.get();
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return taking.compose(taken -> inner.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return inner.deregister(service).compose(gone -> leaving);
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return inner.get(name);
    }

    @Override
    public Future<List<String>> list() {
        return inner.list();
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return inner.watch(handler);
    }

    @Override
    public Future<Void> close() {
        return inner.close();
    }
}
