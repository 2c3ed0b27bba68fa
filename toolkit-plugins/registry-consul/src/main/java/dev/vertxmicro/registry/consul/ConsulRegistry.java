package dev.vertxmicro.registry.consul;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.consul.agent.AgentSettings;
import dev.vertxmicro.registry.consul.agent.Agents;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.consul.agent.ConsulQuery;
import dev.vertxmicro.registry.consul.registration.NodeRegistrations;
import dev.vertxmicro.registry.consul.watch.CatalogWatch;
import dev.vertxmicro.registry.consul.watch.ServiceWatch;
import dev.vertxmicro.registry.consul.wire.Fingerprints;
import dev.vertxmicro.registry.consul.wire.HealthAnswer;
import dev.vertxmicro.registry.local.FollowedServices;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

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

    private static final String ID = Agents.ERROR_ID;
    private static final RegistryTraits TRAITS =
            new RegistryTraits(true, true, false, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Timers callers;
    private final Confinement confinement;
    // The fields below are confined.
    private final Agents agents;
    private final ConsulContext consul;
    private final NodeRegistrations registrations;
    private final FollowedServices followed;

    private ConsulRegistry(Vertx vertx, ConsulOptions options) {
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onOwnContext(vertx, callers, ID, "registry is closed");
        agents = new Agents(
                vertx,
                new AgentSettings(
                        options.addresses(),
                        options.token(),
                        options.datacenter(),
                        options.stale(),
                        options.requestTimeout(),
                        options.maxWatches(),
                        options.tls()));
        consul = new ConsulContext(vertx, callers, agents);
        registrations = new NodeRegistrations(consul, options.requestTimeout());
        followed = new FollowedServices(
                (name, table) -> follow(name, options.longPoll(), table),
                options.grace(),
                callers,
                confinement::run,
                options.maxWatches());
    }

    private FollowedServices.Follower follow(Optional<String> name, Duration longPoll, ServiceTable table) {
        return name.<FollowedServices.Follower>map(single -> new ServiceWatch(consul, longPoll, single, table))
                .orElseGet(() -> new CatalogWatch(consul, longPoll, table));
    }

    /**
     * Makes a registry. Nothing is sent before it is used.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static ConsulRegistry create(Vertx vertx, ConsulOptions options) {
        return new ConsulRegistry(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** A blocking query returns within milliseconds of the change, at other agents some more. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(200);
    }

    @Override
    public RegistryTraits traits() {
        return TRAITS;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return confinement.call(() -> registrations.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return confinement.call(() -> registrations.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(
                () -> followed.find(name).map(Future::succeededFuture).orElseGet(() -> ask(name)));
    }

    private Future<List<ServiceInfo>> ask(String name) {
        return agents.call(agent -> agent.ask(ConsulQuery.service(name)))
                .compose(answer -> consul.read(answer.body(), () -> HealthAnswer.read(name, answer.body())));
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(
                () -> followed.names().map(Future::succeededFuture).orElseGet(this::askNames));
    }

    private Future<List<String>> askNames() {
        return agents.call(agent -> agent.ask(ConsulQuery.SERVICES))
                .compose(answer -> consul.read(answer.body(), () -> Fingerprints.ofServices(answer.body())))
                .map(services -> services.keySet().stream().sorted().toList());
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Executor caller = callers.callerContext();
        return confinement.call(() -> followed.all(handler, caller));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Above {@link ConsulOptions#maxWatches} services, further ones are picked from a watch of all.
     */
    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Executor caller = callers.callerContext();
        return confinement.call(() -> followed.one(name, handler, caller));
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            followed.stop();
            return registrations.close().transform(done -> agents.close());
        });
    }
}
