package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.descriptor.AwaitedSelector;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.health.EjectedNodes;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.HalfMade;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client with its own registry, selector, transport and broker, as a descriptor says; closing it closes them too. The broker
 * is connected when something is published first.
 */
public final class DescribedClient implements Client {
    private final Vertx vertx;
    private final Registry registry;
    private final Selector selector;
    private final Transport transport;
    private final Broker broker;
    private final Wrappers wrappers;
    private final Client client;
    private final Future<Void> ready;

    private DescribedClient(Vertx vertx, ServiceDescriptor descriptor, Codecs codecs, HalfMade made) {
        this.vertx = vertx;
        wrappers = made.with(descriptor.wrappers().apply(vertx), Wrappers::close);
        Timers timers = VertxTimers.of(vertx);
        registry = made.with(descriptor.registry().apply(vertx), Registry::close);
        transport = made.with(descriptor.transport().apply(vertx), Transport::close);
        selector = made.with(descriptor.selector(vertx, registry, transport), chosen -> {
            EjectedNodes.of(vertx).remove(chosen);
            return chosen.close();
        });
        EjectedNodes.of(vertx).add(selector);
        broker = made.with(descriptor.broker().apply(vertx, registry), Broker::close);
        ClientOptions options = descriptor.client();
        ClientParts parts =
                new ClientParts(transport, codecs, selector, broker, timers, wrappers.client(), wrappers.attempts());
        Client hasty = made.with(Client.create(options, parts), Client::close);
        ready = warmedUp(hasty, descriptor);
        client = options.warmUp().isEmpty()
                ? hasty
                : made.with(Client.create(options, waiting(parts, options.warmUp())), Client::close);
        wrappers.wrap(new WrappedParts("", registry, selector, broker, client, Optional.empty(), wrappers));
    }

    private ClientParts waiting(ClientParts parts, List<String> services) {
        Selector awaited = new AwaitedSelector(selector, Set.copyOf(services), ready, parts.timers());
        return new ClientParts(
                transport,
                parts.codecs(),
                awaited,
                broker,
                parts.timers(),
                parts.interceptors(),
                parts.attemptInterceptors());
    }

    /** Gets ready for the services that a descriptor names, if it names any. */
    static Future<Void> warmedUp(Client client, ServiceDescriptor descriptor) {
        List<String> services = descriptor.client().warmUp();
        return services.isEmpty() ? Future.succeededFuture() : client.warmUp(services);
    }

    /**
     * Tells when it is ready for the services that {@code client.warmUp} of the descriptor names, which begins when it is made; calls
     * to these wait for it, no longer than their own time.
     *
     * @return completes when that is so, or {@code client.requestTimeout} is over; never fails
     */
    public Future<Void> ready() {
        return ready;
    }

    /**
     * Makes a client.
     *
     * @param vertx      whose event loops carry its calls
     * @param descriptor {@code registry}, {@code selector}, {@code transport}, {@code broker} and {@code client} of a service's
     *     descriptor; an empty object finds services by mDNS; {@code client.warmUp} begins at once, see {@link #ready}
     * @return the client
     * @throws dev.vertxmicro.config.ConfigException for an unknown key or a bad value, with its JSON path
     */
    public static DescribedClient create(Vertx vertx, JsonObject descriptor) {
        return create(vertx, descriptor, Codecs.standard());
    }

    /**
     * Makes a client with codecs of its own, or with types that an {@code Any} may hold in JSON.
     *
     * @param vertx      whose event loops carry its calls
     * @param descriptor as for {@link #create(Vertx, JsonObject)}
     * @param codecs     write its requests and read the responses
     * @return the client
     * @throws dev.vertxmicro.config.ConfigException for an unknown key or a bad value, with its JSON path
     */
    public static DescribedClient create(Vertx vertx, JsonObject descriptor, Codecs codecs) {
        return create(vertx, ServiceDescriptor.parse(descriptor), codecs);
    }

    static DescribedClient create(Vertx vertx, ServiceDescriptor descriptor) {
        return create(vertx, descriptor, Codecs.standard());
    }

    private static DescribedClient create(Vertx vertx, ServiceDescriptor descriptor, Codecs codecs) {
        return HalfMade.whole(made -> new DescribedClient(vertx, descriptor, codecs, made));
    }

    /**
     * Gives the registry that the client looks services up in.
     *
     * @return the registry, closed with the client
     */
    public Registry registry() {
        return registry;
    }

    /**
     * Gives the broker that the client publishes to, to subscribe at; it is not connected before something was published.
     *
     * @return the broker, closed with the client
     */
    public Broker broker() {
        return broker;
    }

    @Override
    public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
        return client.exchange(context, request);
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> stream(CallContext context, Request<Q, R> request) {
        return client.stream(context, request);
    }

    @Override
    public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
        return client.publish(context, topic, payload);
    }

    @Override
    public Future<Void> warmUp(List<String> services) {
        return client.warmUp(services);
    }

    @Override
    public ClientStatistics statistics() {
        return client.statistics();
    }

    @Override
    public Future<Void> close() {
        EjectedNodes.of(vertx).remove(selector);
        return client.close()
                .eventually(selector::close)
                .eventually(broker::close)
                .eventually(transport::close)
                .eventually(registry::close)
                .eventually(wrappers::close);
    }
}
