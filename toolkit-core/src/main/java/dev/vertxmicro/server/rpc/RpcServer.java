package dev.vertxmicro.server.rpc;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.server.events.BrokerEvents;
import dev.vertxmicro.server.events.Subscribers;
import dev.vertxmicro.server.handlers.DeadlineWatch;
import dev.vertxmicro.server.handlers.Endpoints;
import dev.vertxmicro.server.handlers.HandlerChain;
import dev.vertxmicro.server.handlers.HandlerFailures;
import dev.vertxmicro.server.load.CallGate;
import dev.vertxmicro.time.Startup;
import dev.vertxmicro.transport.Listener;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** go-micro's {@code rpc} server: listen, then register, then subscribe; on stop the other way round, and drain. */
public final class RpcServer implements Server {
    private final ServerOptions options;
    private final ServerParts parts;
    private final HandlerChain chain;
    private final Endpoints endpoints = new Endpoints();
    private final Subscribers subscribers = new Subscribers();
    private final CallGate gate;
    private final DeadlineWatch watch;
    private final HandlerFailures failures;
    private final Startup startup;
    private @Nullable Listener listener;
    private @Nullable Heartbeat heartbeat;
    private @Nullable BrokerEvents events;
    private String address = "";
    private @Nullable Future<Void> stopped;

    /** Makes one that is not started. */
    public RpcServer(ServerOptions options, ServerParts parts) {
        this.options = options;
        this.parts = parts;
        this.chain = new HandlerChain(parts.interceptors(), parts.invoker());
        this.gate = new CallGate(
                options.maxConcurrentCalls(), options.callsPerPeer(), options.adaptiveLimit(), parts.timers());
        this.watch = new DeadlineWatch(options.name(), parts.timers());
        this.failures = new HandlerFailures(options.name(), parts.timers());
        this.startup = new Startup(options.name());
    }

    @Override
    public <Q, R> Server handle(Endpoint<Q, R> endpoint, Handler<Q, R> handler, HandlerOptions handlerOptions) {
        checkNotStarted(endpoint);
        endpoints.add(new Endpoints.Unary<>(endpoint, chain.calls(endpoint, handler), handlerOptions));
        return this;
    }

    private void checkNotStarted(Endpoint<?, ?> endpoint) {
        if (listener != null) {
            throw new IllegalStateException("endpoint: " + endpoint.name() + " added after start (expected: before)");
        }
    }

    @Override
    public <Q, R> Server handleStream(
            Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler, HandlerOptions handlerOptions) {
        checkNotStarted(endpoint);
        endpoints.addStream(new Endpoints.Streaming<>(endpoint, chain.streams(endpoint, handler), handlerOptions));
        return this;
    }

    @Override
    public <M> Server subscribe(String topic, Class<M> type, EventHandler<M> handler, SubscribeOptions how) {
        return subscribe(Topic.of(topic, type).withCodecs(parts.codecs()), handler, how);
    }

    @Override
    public <M> Server subscribe(Topic<M> topic, EventHandler<M> handler, SubscribeOptions how) {
        checkNotStarted(Endpoint.event(topic.name(), topic.type()));
        subscribers.add(new Subscribers.Subscriber<>(topic, chain.messages(topic, handler), how));
        return this;
    }

    @Override
    public ServerStatistics statistics() {
        return gate.statistics().withErrors(failures.count());
    }

    @Override
    public Future<ServiceInfo> start() {
        if (listener != null) {
            return Future.failedFuture(new IllegalStateException("server: started (expected: one start)"));
        }
        if (startup.isStopped()) {
            return Future.failedFuture(startup.overtaken());
        }
        Dispatch dispatch = new Dispatch(
                options.name(),
                parts,
                endpoints,
                subscribers,
                chain,
                gate,
                watch,
                failures,
                new RepeatedCalls(options.name(), options.dedupe(), parts.timers()));
        Listener started = parts.transport()
                .listener(options.address())
                .onRequest(dispatch::dispatch)
                .onStream(new StreamDispatch(options.name(), parts, endpoints, chain, gate, watch, failures, dispatch));
        listener = started;
        BrokerEvents listening = new BrokerEvents(options.name(), parts, subscribers, failures, gate);
        events = listening;
        return startup.step(started::listen)
                .compose(at -> startup.step(() -> parts.broker().connect()).map(at))
                .compose(at -> startup.step(() -> register(at)))
                .compose(service -> startup.step(listening::start).map(service))
                .recover(failure -> stop().transform(closed -> Future.failedFuture(failure)));
    }

    private Future<ServiceInfo> register(String listening) {
        address = listening;
        ServiceInfo service = describe(listening);
        Heartbeat started = new Heartbeat(
                parts.registry(), service, options.registerTtl(), options.registerInterval(), parts.timers());
        heartbeat = started;
        Future<Void> registered = options.registerRequired() ? started.startRequired() : started.start();
        return registered.map(service);
    }

    @Override
    public String address() {
        return address;
    }

    private ServiceInfo describe(String listening) {
        Map<String, String> metadata = new TreeMap<>(options.metadata());
        metadata.put("protocol", "mucp");
        metadata.put("server", "mucp");
        metadata.put("transport", parts.transport().type());
        metadata.put("broker", parts.broker().type());
        metadata.put("registry", parts.registry().type());
        String address = options.advertise().isEmpty() ? parts.advertise().apply(listening) : options.advertise();
        Node node = new Node(options.name() + "-" + options.id(), address, metadata);
        return new ServiceInfo(options.name(), options.version(), Map.of(), described(), List.of(node));
    }

    private List<EndpointInfo> described() {
        List<EndpointInfo> all = new ArrayList<>(endpoints.describe());
        all.addAll(subscribers.describe());
        return all;
    }

    @Override
    public Future<Void> stop() {
        Future<Void> known = stopped;
        if (known == null) {
            Listener open = listener;
            Future<Void> idle = startup.stop();
            known = open == null ? Future.succeededFuture() : stop(open, idle);
            stopped = known;
        }
        return known;
    }

    /** A step of the start that is under way is undone when it has ended; one that does not end keeps nothing else open. */
    private Future<Void> stop(Listener open, Future<Void> idle) {
        return new ServerStop(options, parts, gate, watch).run(open, () -> idle.transform(ended -> deregistered())
                .transform(done -> unsubscribed())
                .transform(done -> Future.succeededFuture(isKnown())));
    }

    private boolean isKnown() {
        Heartbeat beating = heartbeat;
        return beating != null && beating.hasRegistered();
    }

    private Future<Void> deregistered() {
        Heartbeat beating = heartbeat;
        return beating == null ? Future.succeededFuture() : beating.stop();
    }

    private Future<Void> unsubscribed() {
        BrokerEvents listening = events;
        return listening == null ? Future.succeededFuture() : listening.stop();
    }
}
