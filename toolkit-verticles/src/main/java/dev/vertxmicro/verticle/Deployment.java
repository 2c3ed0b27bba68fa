package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.debug.DebugHandlers;
import dev.vertxmicro.debug.LogBuffer;
import dev.vertxmicro.debug.ProcessLog;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.Certificates;
import dev.vertxmicro.engine.ProcessNotes;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.health.EjectedNodes;
import dev.vertxmicro.health.HealthEndpoint;
import dev.vertxmicro.health.ServiceHealth;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.service.HealthChecks;
import dev.vertxmicro.service.HealthReport;
import dev.vertxmicro.service.HealthStatus;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.time.HalfMade;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.node.HandlerRoute;
import dev.vertxmicro.wrapper.KeptSpan;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of one deployed service verticle share: descriptor, registry, broker, node, port, health endpoint.
 */
final class Deployment implements Shareable {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());

    private static final AtomicInteger SHARED_PORTS = new AtomicInteger();

    private final Vertx vertx;
    private final String id;
    private final ServiceDescriptor descriptor;
    private final SharedRegistry registry;
    private final Broker broker;
    private final SharedSubscriptions shared;
    private final Wrappers wrappers;
    private final ServiceHealth checks;
    private final HealthEndpoint health;
    private final Optional<DebugHandlers> debug;
    private final String address;
    private final List<Wrappers> owned = new CopyOnWriteArrayList<>();
    private final Set<Selector> selectors = ConcurrentHashMap.newKeySet();
    private @Nullable HandlerRoute handlers;
    private int instances;
    private boolean started;

    private Deployment(Vertx vertx, String id, ServiceDescriptor descriptor, HalfMade made) {
        this.vertx = vertx;
        this.id = id;
        this.descriptor = descriptor;
        this.wrappers = made.with(descriptor.wrappers().apply(vertx), Wrappers::close);
        Registry backend = made.with(descriptor.registry().apply(vertx), Registry::close);
        Timers timers = VertxTimers.of(vertx);
        this.registry = new SharedRegistry(backend, timers::nanoTime);
        // Not the shared one: its nodes are those of the service, which go with the first instance that stops.
        this.broker = made.with(descriptor.broker().apply(vertx, backend), Broker::close);
        this.shared = new SharedSubscriptions(broker, timers);
        this.checks = new ServiceHealth(timers);
        this.health = new HealthEndpoint(vertx, descriptor.health().address());
        this.debug = descriptor.debug().enabled() ? Optional.of(debug(timers, made)) : Optional.empty();
        health.checks(() -> checks.report().map(this::withCertificates), descriptor.health()::counts);
        checks.add(new HealthChecks()
                .register("registry", () -> Future.succeededFuture(registry.health()))
                .register("broker", () -> Future.succeededFuture(brokerHealth())));
        this.address = shared(descriptor.server().address());
    }

    private DebugHandlers debug(Timers timers, HalfMade made) {
        LogBuffer log = made.with(ProcessLog.acquire(descriptor.debug().logLines()), acquired -> {
            ProcessLog.release();
            return Future.succeededFuture();
        });
        return new DebugHandlers(vertx, timers, health::isReady, log, this::spans);
    }

    /** Adds until when certificates are valid, where there are any. */
    private HealthReport withCertificates(HealthReport report) {
        Certificates shown = Certificates.of(vertx);
        if (shown.expiries().isEmpty()) {
            return report;
        }
        List<HealthReport.Entry> all = new ArrayList<>(report.checks());
        all.add(new HealthReport.Entry("certificates", new HealthStatus(shown.valid(), shown.toJson())));
        return new HealthReport(all);
    }

    private List<KeptSpan> spans(String trace, int most) {
        return owned.stream().reduce(wrappers, Wrappers::and).spans(trace, most);
    }

    private HealthStatus brokerHealth() {
        JsonObject data = new JsonObject().put("type", broker.type());
        Optional<String> outage = broker.outage();
        return outage.isEmpty() ? HealthStatus.ok(data) : HealthStatus.down(data.put("cause", outage.get()));
    }

    static Deployment join(Vertx vertx, String id, Class<?> verticle, JsonObject config) {
        Deployment deployment = all(vertx)
                .computeIfAbsent(id, key -> made(vertx, key, DescribedVerticles.read(vertx, verticle, config)));
        synchronized (deployment) {
            deployment.instances++;
        }
        return deployment;
    }

    private static Deployment made(Vertx vertx, String id, ServiceDescriptor descriptor) {
        return HalfMade.whole(made -> new Deployment(vertx, id, descriptor, made));
    }

    private static LocalMap<String, Deployment> all(Vertx vertx) {
        return vertx.sharedData().getLocalMap("dev.vertxmicro.deployments");
    }

    ServiceDescriptor descriptor() {
        return descriptor;
    }

    Registry registry() {
        return registry;
    }

    /** Gives the broker to one instance. */
    Broker broker(int instances) {
        return new SharedBroker(broker, shared, instances);
    }

    /** Gives what is put around calls, streams and messages of all instances. */
    Wrappers wrappers() {
        return wrappers;
    }

    /** Has an instance tell of the service, and which nodes its client leaves out, as long as there is any instance. */
    void tells(Selector selector, Server server) {
        selectors.add(selector);
        EjectedNodes.of(vertx).add(selector);
        debug.ifPresent(handlers -> {
            EjectedNodes.of(vertx).serve(server);
            handlers.serve(server);
        });
    }

    /** Asks the checks of an instance too, on its context, and its own wrappers. */
    void asks(HealthChecks own, Wrappers around) {
        checks.add(own);
        if (!around.all().isEmpty()) {
            owned.add(around);
        }
    }

    /** Gives the way to handlers on the event bus, made when it is first asked for. */
    synchronized HandlerRoute handlers(List<String> addresses) {
        HandlerRoute known = handlers;
        if (known == null) {
            known = HandlerRoute.of(vertx, addresses, descriptor.selector(), descriptor.client());
            handlers = known;
        }
        return known;
    }

    /** Any free port, but the same for all instances: Vert.x takes a negative number for that, one a deployment. */
    private static String shared(String address) {
        return address.endsWith(":0")
                ? address.substring(0, address.length() - 1) + -SHARED_PORTS.incrementAndGet()
                : address;
    }

    /** Joins an instance: the health endpoint comes up with the first. */
    Future<Void> ready() {
        synchronized (this) {
            if (instances > 1) {
                return Future.succeededFuture();
            }
        }
        return health.start();
    }

    /** Gives where every instance listens. */
    String address() {
        return address;
    }

    /** Tells the operator what is there, once. */
    void started(Service service, ServiceInfo registered) {
        synchronized (this) {
            if (started) {
                return;
            }
            started = true;
        }
        health.ready(true);
        ProcessNotes.of(vertx)
                .say(
                        ProcessNotes.Subject.ADDRESSES,
                        id,
                        List.of(registered.name() + " at "
                                + registered.nodes().get(0).address()));
        if (registered.endpoints().isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} has no handlers and no subscribers: nobody can call it (expected: some added in configure)",
                    registered.name());
        }
        LOG.log(
                System.Logger.Level.INFO,
                "Transport [{0}] Listening on {1}",
                registered.nodes().get(0).metadata().get("transport"),
                service.server().address());
        LOG.log(
                System.Logger.Level.INFO,
                "Broker [{0}] Connected to {1}",
                service.broker().type(),
                service.broker().address());
        String node = registered.nodes().get(0).id();
        if (!registry.whenRegistered(node, () -> registering(node))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Registry [{0}] Node is not registered yet: {1}",
                    registry.type(),
                    node);
        }
    }

    private void registering(String node) {
        LOG.log(System.Logger.Level.INFO, "Registry [{0}] Registering node: {1}", registry.type(), node);
    }

    void stopping() {
        health.ready(false);
    }

    /** The last instance to leave closes what was shared. */
    Future<Void> leave() {
        synchronized (this) {
            instances--;
            if (instances > 0) {
                return Future.succeededFuture();
            }
        }
        all(vertx).remove(id);
        ProcessNotes.of(vertx).say(ProcessNotes.Subject.ADDRESSES, id, List.of());
        selectors.forEach(EjectedNodes.of(vertx)::remove);
        debug.ifPresent(ended -> ProcessLog.release());
        shared.close();
        HandlerRoute route = handlers;
        Future<Void> idle = route == null ? Future.succeededFuture() : route.close();
        return idle.eventually(broker::close)
                .eventually(registry::closeShared)
                .eventually(health::close)
                .eventually(wrappers::close);
    }
}
