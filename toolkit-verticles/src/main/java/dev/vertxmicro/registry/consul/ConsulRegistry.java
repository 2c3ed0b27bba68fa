package dev.vertxmicro.registry.consul;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps services in Consul, in go-micro's form (go-plugins {@code registry/consul}): a node is a service of Consul with a check
 * that lapses after the time to live; version, endpoints and metadata are tags.
 *
 * <p>A registration is held by the agent that took it. When that agent is away, the next renewal goes to another one. Look-ups
 * of a service that is watched are answered from what the watch knows, during an outage too; others ask an agent. A service that
 * is watched has one blocking query, whatever the number of its watchers; all services together have two.
 *
 * <p>{@link #register} and {@link #deregister} complete when look-ups at the same agent tell it, or after 1 s more if the servers of
 * Consul are slow. The metadata of a service as a whole is not carried. Services of others, without go-micro's tags, are found
 * too, with an empty version.
 *
 * <p>Fails with 400 for what Consul refuses as wrong, with 500 if no agent can be reached (the detail names them) and after
 * {@link #close}. May be used from any thread; callbacks run on the context of the caller.
 */
public final class ConsulRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "consul";
    /** Who fails. */
    static final String ID = "go.micro.registry";

    private static final RegistryTraits TRAITS =
            new RegistryTraits(true, true, false, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Timers callers;
    private final Context context;
    // The fields below are confined to the context.
    private final Agents agents;
    private final Scope scope;
    private final Registrations registrations;
    private final Watches watches;
    private final Set<Promise<?>> pending = new LinkedHashSet<>();
    private @Nullable Future<Void> closed;

    private ConsulRegistry(VertxInternal vertx, ConsulOptions options) {
        callers = VertxTimers.of(vertx);
        context = vertx.createEventLoopContext();
        agents = new Agents(vertx, options);
        scope = new Scope(vertx, callers, options, agents);
        registrations = new Registrations(scope);
        watches = new Watches(scope, task -> context.runOnContext(run -> task.run()));
    }

    /**
     * Makes a registry. Nothing is sent before it is used.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static ConsulRegistry create(Vertx vertx, ConsulOptions options) {
        return new ConsulRegistry((VertxInternal) vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public RegistryTraits traits() {
        return TRAITS;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return call(() -> registrations.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return call(() -> registrations.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return call(() -> watches.find(name).map(Future::succeededFuture).orElseGet(() -> ask(name)));
    }

    private Future<List<ServiceInfo>> ask(String name) {
        return agents.call(agent -> agent.ask(Question.service(name)))
                .compose(answer -> scope.read(answer.body(), () -> HealthAnswer.read(name, answer.body())));
    }

    @Override
    public Future<List<String>> list() {
        return call(() -> watches.names().map(Future::succeededFuture).orElseGet(this::askNames));
    }

    private Future<List<String>> askNames() {
        return agents.call(agent -> agent.ask(Question.SERVICES))
                .compose(answer -> scope.read(answer.body(), () -> Fingerprints.ofServices(answer.body())))
                .map(services -> services.keySet().stream().sorted().toList());
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Watchers.Watcher watcher = new Watchers.Watcher(callers.callerContext(), handler);
        return call(() -> watches.all(watcher));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Above {@link ConsulOptions#maxWatches} services, further ones are picked from a watch of all.
     */
    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Executor caller = callers.callerContext();
        Watchers.Watcher single = new Watchers.Watcher(caller, handler);
        Watchers.Watcher picking = new Watchers.Watcher(caller, change -> {
            if (change.service().name().equals(name)) {
                handler.handle(change);
            }
        });
        return call(() -> watches.single(name) ? watches.one(name, single) : watches.all(picking));
    }

    private <T> Future<T> call(Supplier<Future<T>> operation) {
        Promise<T> reply = callers.promise();
        context.runOnContext(start -> {
            if (closed != null) {
                reply.fail(closedFailure());
                return;
            }
            pending.add(reply);
            Future.succeededFuture().compose(in -> operation.get()).onComplete(done -> {
                pending.remove(reply);
                if (done.succeeded()) {
                    reply.tryComplete(done.result());
                } else {
                    reply.tryFail(MicroException.from(ID, done.cause()));
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
                closed = release();
            }
            closed.onComplete(reply);
        });
        return reply.future();
    }

    private Future<Void> release() {
        watches.stop();
        List.copyOf(pending).forEach(waiting -> waiting.tryFail(closedFailure()));
        pending.clear();
        return registrations.close().transform(done -> agents.close());
    }

    private static MicroException closedFailure() {
        return MicroException.internal(ID, "registry is closed");
    }
}
