package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.etcd.member.EtcdFailure;
import dev.vertxmicro.registry.etcd.member.EtcdMembers;
import dev.vertxmicro.registry.etcd.member.MemberSettings;
import dev.vertxmicro.registry.etcd.registration.NodeEntries;
import dev.vertxmicro.registry.etcd.watch.RangeReader;
import dev.vertxmicro.registry.etcd.watch.RangeWatch;
import dev.vertxmicro.registry.etcd.wire.EntryReader;
import dev.vertxmicro.registry.etcd.wire.EtcdKeys;
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
 * Keeps services in etcd, version 3, in go-micro's form: a key for each node, whose value is the service with that node in JSON, under a
 * lease that lasts for the time to live.
 *
 * <p>All nodes of this registry with the same time to live share a lease. Look-ups of a service that is watched are answered from what the
 * watch knows, during an outage too; others ask a member of the cluster. A service that is watched has one watch, whatever the number of its
 * watchers; so have all services together. All of it goes over one connection.
 *
 * <p>{@link #register} and {@link #deregister} complete when the cluster has agreed on it, so that look-ups at any member tell it. Values that are
 * not go-micro's are left out.
 *
 * <p>Fails with 400 for what etcd refuses as wrong, with 500 if no member can serve (the detail names them and what they said) and after
 * {@link #close}. May be used from any thread; callbacks run on the context of the caller.
 */
public final class EtcdRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "etcd";

    private final Timers callers;
    private final Confinement confinement;
    // The fields below are confined.
    private final EtcdMembers members;
    private final EtcdKeys keys;
    private final RangeReader reader;
    private final NodeEntries entries;
    private final FollowedServices followed;

    private EtcdRegistry(Vertx vertx, EtcdRegistryOptions options) {
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onOwnContext(vertx, callers, EtcdFailure.ERROR_ID, "registry is closed");
        members = new EtcdMembers(
                vertx,
                new MemberSettings(
                        options.addresses(),
                        options.user(),
                        options.password(),
                        options.requestTimeout(),
                        options.tls()));
        keys = new EtcdKeys(options.prefix());
        reader = new RangeReader(vertx, members, new EntryReader(keys));
        entries = new NodeEntries(members, keys, options.requestTimeout(), callers);
        followed = new FollowedServices(this::follow, options.grace(), callers, confinement::run, options.maxWatches());
    }

    private FollowedServices.Follower follow(Optional<String> name, ServiceTable table) {
        return new RangeWatch(members, reader, callers, name.map(keys::service).orElseGet(keys::all), name, table);
    }

    /**
     * Makes a registry. Nothing is sent before it is used.
     *
     * @param vertx   has the connections, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static EtcdRegistry create(Vertx vertx, EtcdRegistryOptions options) {
        return new EtcdRegistry(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** A watch tells within milliseconds. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(100);
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return confinement.call(() -> entries.register(service, ttl));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return confinement.call(() -> entries.deregister(service));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(
                () -> followed.find(name).map(Future::succeededFuture).orElseGet(() -> ask(name)));
    }

    private Future<List<ServiceInfo>> ask(String name) {
        return reader.services(keys.service(name)).map(found -> {
            ServiceTable table = new ServiceTable(Duration.ZERO, callers, change -> {});
            table.seen(
                    name,
                    found.stream().filter(single -> single.name().equals(name)).toList());
            return table.get(name);
        });
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(
                () -> followed.names().map(Future::succeededFuture).orElseGet(this::askNames));
    }

    private Future<List<String>> askNames() {
        return reader.services(keys.all()).map(found -> found.stream()
                .map(ServiceInfo::name)
                .distinct()
                .sorted()
                .toList());
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Executor caller = callers.callerContext();
        return confinement.call(() -> followed.all(handler, caller));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Above {@link EtcdRegistryOptions#maxWatches} services, further ones are picked from a watch of all.
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
            return entries.close().transform(done -> members.close());
        });
    }
}
