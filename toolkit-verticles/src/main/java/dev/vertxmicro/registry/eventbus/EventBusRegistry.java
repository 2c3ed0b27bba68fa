package dev.vertxmicro.registry.eventbus;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.BusProtocol;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose backend a {@code RegistryVerticle} owns, in the same Vert.x or on another node of the cluster.
 *
 * <p>A service that is watched is answered from what the watch knows, without asking, also while nobody could be asked.
 *
 * <p>What is registered is dropped when it is not renewed within its time to live, and within two checks when the verticle that
 * made this registry is undeployed or its node is gone. A watch asks for everything once and then follows what is published;
 * when its RegistryVerticle is gone, what was known stays for the grace, and the next one that answers is followed.
 *
 * <p>Where no RegistryVerticle is, operations fail with 503 and name the address; where one is silent, with 408; otherwise with
 * what the backend failed with. After {@link #close} they fail with 500. May be used from any thread; callbacks run on the
 * context of the caller.
 */
public final class EventBusRegistry implements Registry {
    /** Name of the type. */
    public static final String TYPE = "eventbus";

    private static final System.Logger LOG = System.getLogger(EventBusRegistry.class.getName());

    private final Timers callers;
    private final Context context;
    private final RegistryLine line;
    // The fields below are confined to the context, but for the watchers.
    private final Follower follower;
    private final Owned owned;
    private final Set<Watcher> watchers = new CopyOnWriteArraySet<>();
    private @Nullable Future<Void> closed;

    private EventBusRegistry(VertxInternal vertx, EventBusRegistryOptions options) {
        callers = VertxTimers.of(vertx);
        context = vertx.getOrCreateContext().unwrap();
        line = new RegistryLine(vertx.eventBus(), options.timeout());
        follower = new Follower(line, options, callers, this::tell, this::renew);
        owned = new Owned(line, follower::startFrom);
    }

    /**
     * Makes a registry. Called by a verticle, the registry is the verticle's: what it registered vanishes when that is
     * undeployed.
     *
     * @param vertx   whose event bus is used
     * @param options settings
     * @return the registry
     */
    public static EventBusRegistry create(Vertx vertx, EventBusRegistryOptions options) {
        return new EventBusRegistry((VertxInternal) vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return call(() -> owned.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return call(() -> owned.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return call(() -> follower.known(name).map(Future::succeededFuture).orElseGet(() -> ask(name)));
    }

    private Future<List<ServiceInfo>> ask(String name) {
        DeliveryOptions asking = line.asking("get").addHeader(BusProtocol.SERVICE, name);
        return line.ask(BusProtocol.REGISTRY, new JsonObject(), asking).map(Snapshots::services);
    }

    @Override
    public Future<List<String>> list() {
        return call(() -> line.ask(BusProtocol.REGISTRY, new JsonObject(), line.asking("list"))
                .map(reply -> reply.getJsonArray("services", new JsonArray()).stream()
                        .map(String::valueOf)
                        .toList()));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return watch(Snapshots.ALL, handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(name, handler);
        return call(() -> follower.follow(name).map(ready -> {
            watchers.add(watcher);
            return watcher;
        }));
    }

    private void renew() {
        owned.renew();
    }

    private void tell(RegistryChange change) {
        watchers.forEach(watcher -> watcher.tell(change));
    }

    private <T> Future<T> call(Supplier<Future<? extends T>> operation) {
        Promise<T> reply = callers.promise();
        context.runOnContext(start -> {
            if (closed != null) {
                reply.fail(closedFailure());
                return;
            }
            operation.get().onComplete(done -> {
                if (done.succeeded()) {
                    reply.complete(done.result());
                } else {
                    reply.fail(MicroException.from(RegistryLine.ID, done.cause()));
                }
            });
        });
        return reply.future();
    }

    @Override
    public Future<Void> close() {
        Promise<Void> reply = callers.promise();
        context.runOnContext(start -> {
            if (closed == null) {
                watchers.clear();
                follower.close();
                closed = owned.close().otherwiseEmpty();
            }
            closed.onComplete(reply);
        });
        return reply.future();
    }

    /** Says that a call came too late. */
    static MicroException closedFailure() {
        return MicroException.internal(RegistryLine.ID, "registry is closed");
    }

    private final class Watcher implements Watch {
        private final String name;
        private final Handler<RegistryChange> handler;
        private final Executor caller = callers.callerContext();

        private Watcher(String name, Handler<RegistryChange> handler) {
            this.name = name;
            this.handler = handler;
        }

        private void tell(RegistryChange change) {
            if (name.equals(Snapshots.ALL) || name.equals(change.service().name())) {
                caller.execute(() -> deliver(change));
            }
        }

        private void deliver(RegistryChange change) {
            if (!watchers.contains(this)) {
                return;
            }
            try {
                handler.handle(change);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "registry watcher failed", e);
            }
        }

        @Override
        public void close() {
            watchers.remove(this);
        }
    }
}
