package dev.vertxmicro.registry.multi;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A registry in memory that fails, or keeps its answers, as long as a test says so. */
final class TroubledRegistry implements Registry {
    private final Registry memory;
    private final List<Runnable> kept = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile @Nullable MicroException trouble;
    private volatile boolean keeping;
    private volatile String refused = "";

    TroubledRegistry(Registry memory) {
        this.memory = memory;
    }

    static TroubledRegistry of(Vertx vertx) {
        return new TroubledRegistry(Registry.inMemory(VertxTimers.of(vertx)));
    }

    /** Fails from now on. */
    void fail(int code, String detail) {
        trouble = MicroException.of("test", code, detail).withoutStackTrace();
    }

    /** Takes one name no more. */
    void refuse(String name) {
        refused = name;
    }

    /** Does nothing and answers nothing from now on, until {@link #recover}. */
    void hang() {
        keeping = true;
    }

    /** Is well again, and does what it was asked meanwhile. */
    void recover() {
        trouble = null;
        keeping = false;
        List<Runnable> late = List.copyOf(kept);
        kept.clear();
        late.forEach(Runnable::run);
    }

    /** Does what it was asked last, and nothing else yet. */
    void answerLast() {
        kept.remove(kept.size() - 1).run();
    }

    private <T> Future<T> call(String what, Supplier<Future<T>> operation) {
        calls.add(what);
        MicroException failure = trouble;
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        if (keeping) {
            Promise<T> late = Promise.promise();
            kept.add(() -> operation.get().onComplete(late));
            return late.future();
        }
        return operation.get();
    }

    @Override
    public String type() {
        return "troubled";
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return call("register", () -> memory.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return call("deregister", () -> memory.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return call(
                "get",
                () -> name.equals(refused)
                        ? Future.failedFuture(MicroException.badRequest("test", "name: too long")
                                .withoutStackTrace())
                        : memory.get(name));
    }

    @Override
    public Future<List<String>> list() {
        return call("list", memory::list);
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return call("watch", () -> memory.watch(handler));
    }

    @Override
    public Future<Void> close() {
        return call("close", memory::close);
    }
}
