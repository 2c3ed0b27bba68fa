package dev.vertxmicro.registry.nats;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.registry.nats.bucket.Bucket;
import dev.vertxmicro.registry.nats.link.LinkSettings;
import dev.vertxmicro.registry.nats.link.NatsLink;
import dev.vertxmicro.registry.nats.link.NatsTraffic;
import dev.vertxmicro.registry.nats.link.RoundTrips;
import dev.vertxmicro.registry.nats.nodes.NatsBackend;
import dev.vertxmicro.registry.nats.nodes.NatsFollows;
import dev.vertxmicro.registry.nats.nodes.NodeFollowSettings;
import dev.vertxmicro.registry.nats.nodes.OwnNodes;
import dev.vertxmicro.registry.nats.survey.Survey;
import dev.vertxmicro.registry.nats.survey.SurveySettings;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Finds services over NATS, in one of two ways: by asking all processes, each of which answers for its own nodes, as go-micro does
 * (go-plugins {@code registry/nats}); or in a key-value bucket of JetStream.
 *
 * <p>A registration belongs to this object: when its process dies, others miss it after its time to live. Look-ups of a service that is
 * watched are answered from what the watch knows, during an outage too; others ask. A node whose time is over is asked for twice before it
 * is taken to be gone, and never while the servers do not answer; after an outage, nodes that are not told again stay for the grace.
 *
 * <p>{@link #register} and {@link #deregister} complete when the server has passed on what others are told. Fails with 400 for what cannot
 * be registered or is too large for the server, with 500 if no server answers (the detail names them) and after {@link #close}. May be used
 * from any thread; callbacks run on the context of the caller.
 */
public final class NatsRegistry implements Registry {
    /** Name of the type that asks. */
    static final String TYPE = "nats";

    /** Name of the type that keeps nodes in a bucket. */
    static final String KV_TYPE = "nats-kv";

    private final String type;
    private final Timers callers;
    private final Confinement confinement;
    // The fields below are confined.
    private final NatsLink link;
    private final OwnNodes own;
    private final NatsBackend backend;
    private final NatsFollows follows;
    private boolean connectedOnce;

    /** Makes what finds nodes of what it stands on. */
    private interface Making {
        NatsBackend make(NatsLink link, RoundTrips trips, OwnNodes own, Timers timers);
    }

    private NatsRegistry(
            Vertx vertx, String type, LinkSettings settings, Duration grace, Duration refresh, Making making) {
        this.type = type;
        callers = VertxTimers.of(vertx);
        confinement = Confinement.onOwnContext(vertx, callers, NatsTraffic.ERROR_ID, "registry is closed");
        link = new NatsLink(vertx, callers, settings, confinement::run);
        own = new OwnNodes(callers);
        backend = making.make(link, new RoundTrips(link.traffic(), callers, settings.requestTimeout()), own, callers);
        follows = new NatsFollows(new NodeFollowSettings(vertx, callers, grace, refresh), backend, confinement::run);
        link.whenever(this::connected, follows::missed);
    }

    /**
     * Makes a registry that asks all processes. Nothing is sent before it is used.
     *
     * @param vertx   has the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static NatsRegistry create(Vertx vertx, NatsRegistryOptions options) {
        SurveySettings survey = new SurveySettings(options.queryTopic(), options.watchTopic(), options.collect());
        return new NatsRegistry(
                vertx,
                TYPE,
                options.link(),
                options.grace(),
                options.refresh(),
                (link, trips, own, timers) -> new Survey(link, trips, timers, survey, own));
    }

    /**
     * Makes a registry that keeps nodes in a bucket of JetStream. Nothing is sent before it is used.
     *
     * @param vertx   has the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static NatsRegistry inBucket(Vertx vertx, NatsKvOptions options) {
        return new NatsRegistry(
                vertx,
                KV_TYPE,
                options.link(),
                options.grace(),
                options.bucketTtl(),
                (link, trips, own, timers) -> new Bucket(vertx, link, trips, options.keeping(), own));
    }

    private void connected(boolean brief) {
        if (!connectedOnce) {
            connectedOnce = true;
            return;
        }
        backend.again();
        own.all().forEach(backend::announce);
        follows.connected(brief);
    }

    @Override
    public String type() {
        return type;
    }

    /** A change is passed on at once. */
    @Override
    public Duration noticePeriod() {
        return Duration.ofMillis(100);
    }

    /** Each process answers for its own nodes. */
    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return confinement.call(() -> own.register(service, ttl, backend));
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return confinement.call(() -> own.deregister(service, backend));
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(() -> follows.get(name));
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(follows::list);
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, callers.callerContext());
        return confinement.call(() -> follows.all(watcher));
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Executor caller = callers.callerContext();
        Watcher single = new Watcher(handler, caller);
        Watcher picking = new Watcher(
                change -> {
                    if (change.service().name().equals(name)) {
                        handler.handle(change);
                    }
                },
                caller);
        return confinement.call(() -> follows.one(name, single, picking));
    }

    /** {@inheritDoc} Others are told of its nodes if a server can be reached at the time. */
    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            follows.stop();
            backend.stop();
            Future<Void> withdrawn = link.isUp() ? own.close(backend) : Future.succeededFuture();
            return withdrawn.transform(done -> {
                own.end();
                return link.close();
            });
        });
    }
}
