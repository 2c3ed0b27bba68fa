package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.registry.zookeeper.registration.ZnodeRegistrations;
import dev.vertxmicro.registry.zookeeper.session.SessionSettings;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.registry.zookeeper.watch.WatchParts;
import dev.vertxmicro.registry.zookeeper.watch.ZnodeWatches;
import dev.vertxmicro.registry.zookeeper.wire.ZnodePaths;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.OutageLines;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;

/**
 * Keeps services in ZooKeeper, in the layout of go-plugins {@code registry/zookeeper}: one node of ZooKeeper for each
 * node of a service, with go-micro's JSON.
 *
 * <p>A node that is registered with a time to live is ephemeral: it lives by a session that the servers end when they
 * have not heard from this process for three quarters of that time, within their own bounds, and it is taken back when
 * it is not renewed.
 * One without a time to live stays, as all of go-plugins do. A session that is lost is replaced, and what it held is
 * registered anew at once.
 *
 * <p>Look-ups of a service that is watched are answered from what the watch knows, during an outage too; others ask a
 * server. A service that is watched has one watch, whatever the number of its watchers; all services together have one.
 *
 * <p>Fails with 400 for what does not fit into a path or is too large, with 401 or 403 for what the servers do not
 * allow, with 500 if no server answers in time (the detail names them) and after {@link #close}. May be used from any
 * thread; callbacks run on the context of the caller.
 */
public final class ZookeeperRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "zookeeper";

    private static final System.Logger LOG = LateLogger.of(ZookeeperRegistry.class);
    private static final RegistryTraits TRAITS =
            new RegistryTraits(true, true, false, Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Duration NOTICE = Duration.ofMillis(100);

    private final VertxInternal vertx;
    private final Closeable withVertx = done -> close().onComplete(done);
    private final Timers callers;
    private final Confinement confinement;
    // The fields below are confined.
    private final ZookeeperSession reading;
    private final ZnodeRegistrations registrations;
    private final ZnodeWatches watches;

    private ZookeeperRegistry(Vertx vertx, ZookeeperRegistryOptions options) {
        this.vertx = (VertxInternal) vertx;
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onOwnContext(vertx, callers, ZookeeperSession.ERROR_ID, "registry is closed");
        SessionSettings settings = new SessionSettings(
                vertx,
                callers,
                confinement::run,
                options.addresses(),
                options.user(),
                options.password(),
                options.worldReadable(),
                options.requestTimeout());
        OutageLines lines = new OutageLines(LOG, callers);
        ZnodePaths paths = ZnodePaths.under(options.chroot());
        registrations = new ZnodeRegistrations(settings, paths, lines);
        reading = new ZookeeperSession(settings, options.sessionTimeout(), lines, anew -> reconnected());
        watches = new ZnodeWatches(new WatchParts(reading, paths, confinement::run, callers, options.grace()));
        // Sessions have threads of their own and would keep nodes alive that nobody serves any more.
        this.vertx.addCloseHook(withVertx);
    }

    private void reconnected() {
        watches.reconnected();
    }

    /**
     * Makes a registry. Nothing is sent before it is used.
     *
     * @param vertx   has timers, and the contexts that callbacks run on; the connections have threads of their own
     * @param options settings
     * @return the registry
     */
    public static ZookeeperRegistry create(Vertx vertx, ZookeeperRegistryOptions options) {
        return new ZookeeperRegistry(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** A watch tells within milliseconds, and what it tells of is read. */
    @Override
    public Duration noticePeriod() {
        return NOTICE;
    }

    /** Nodes are ephemeral: they end with the session of the process. */
    @Override
    public boolean outlivesProcess() {
        return false;
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
        return confinement.call(() -> watches.find(name));
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(watches::names);
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, callers.callerContext());
        return confinement.call(() -> watches.all(watcher));
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(
                change -> {
                    if (change.service().name().equals(name)) {
                        handler.handle(change);
                    }
                },
                callers.callerContext());
        return confinement.call(() -> watches.one(name, watcher));
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            vertx.removeCloseHook(withVertx);
            watches.stop();
            return Future.join(registrations.close(), reading.close()).mapEmpty();
        });
    }
}
