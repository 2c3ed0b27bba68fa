package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.Admission;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.http.nodes.RegisteredNodes;
import dev.vertxmicro.broker.http.nodes.RegisteredNodes.Group;
import dev.vertxmicro.broker.http.publishing.HttpDialer;
import dev.vertxmicro.broker.http.publishing.HttpPublication;
import dev.vertxmicro.broker.http.publishing.Publisher;
import dev.vertxmicro.broker.http.receiving.MessageDispatch;
import dev.vertxmicro.broker.http.receiving.Receiver;
import dev.vertxmicro.broker.http.wire.BrokerFailure;
import dev.vertxmicro.broker.http.wire.EncodedEvent;
import dev.vertxmicro.broker.http.wire.WireMessage;
import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.net.Exposure;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes by HTTP to the subscribers that the registry names, in go-micro's form ({@code broker/http_broker.go}): both sides
 * understand each other.
 *
 * <p>A publish completes when every node that subscribes without a queue, and one node of each queue, has handled the message;
 * those that fail are tried again until {@link HttpPublishing#timeout}, then it fails with 408 and names them. While nobody
 * subscribes a message is held, see {@link HttpPublishing}. Messages of one publisher to one topic arrive in order; after a
 * failure some may arrive twice.
 *
 * <p>Fails with 503 when too many publishes wait, with 404 if a subscriber is mandatory and there is none, with 400 for a message
 * that is too large. May be used from any thread; callbacks run on the context of the caller.
 */
public final class HttpBroker implements Broker {
    /** Name of the type. */
    static final String TYPE = "http";

    private static final BrokerTraits TRAITS = new BrokerTraits(PublishedWhen.HANDLED, true, false, true);

    private final Timers timers;
    private final Context context;
    private final HttpBrokerOptions options;
    private final LocalSubscriptions local;
    private final Admission admission;
    private final AtomicLong published = new AtomicLong();
    // The fields below are confined to the context, but for the volatile ones, which are written there.
    private final MessagePort port;
    private final HttpDialer dialer;
    private final Publisher publisher;
    private Future<Void> lastChange = Future.succeededFuture();
    private volatile boolean connected;
    private volatile boolean closed;
    private @Nullable Future<Void> closing;

    private HttpBroker(VertxInternal vertx, Registry registry, HttpBrokerOptions options, Exposure service) {
        this.timers = VertxTimers.of(vertx);
        this.context = vertx.createEventLoopContext();
        this.options = options;
        this.local = LocalSubscriptions.create(timers, this::publish);
        HttpPublishing sending = options.publishing();
        this.admission = new Admission(sending.pendingMessages(), sending.pendingBytes());
        RegisteredNodes registrations =
                new RegisteredNodes(registry, timers, options.registerTtl(), options.registerInterval());
        Receiver receiver = new Receiver(vertx, options.ofReceiver(), timers, new MessageDispatch(this::deliver));
        this.port = new MessagePort(options, service, registrations, receiver);
        this.dialer = new HttpDialer(vertx, options.tls(), sending.timeout());
        this.publisher = new Publisher(sending.ofPublisher(), registry, timers, dialer);
    }

    /**
     * Makes a broker. Nothing is opened before it is connected; then the port for messages with the first subscription.
     *
     * @param vertx    has the connections, and the contexts that callbacks run on
     * @param registry where subscriptions are registered and found; not closed with the broker
     * @param options  settings
     * @return the broker
     */
    public static HttpBroker create(Vertx vertx, Registry registry, HttpBrokerOptions options) {
        return create(vertx, registry, options, Exposure.OPEN);
    }

    /**
     * Makes the broker of a service. As {@link #create(Vertx, Registry, HttpBrokerOptions)}; warns if messages come in more easily
     * than calls.
     *
     * @param vertx    has the connections, and the contexts that callbacks run on
     * @param registry where subscriptions are registered and found; not closed with the broker
     * @param options  settings, made by {@link HttpBrokerOptions#within} for a port that is protected as that of the service
     * @param service  where the service takes calls
     * @return the broker
     */
    public static HttpBroker create(Vertx vertx, Registry registry, HttpBrokerOptions options, Exposure service) {
        return new HttpBroker((VertxInternal) vertx, registry, options, service);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public String address() {
        return port.address();
    }

    @Override
    public Future<Void> connect() {
        return inTurn(() -> {
            if (closed) {
                return Future.failedFuture(BrokerFailure.closed());
            }
            return connected ? Future.succeededFuture() : open();
        });
    }

    private Future<Void> open() {
        return port.reopen().map(ready -> {
            connected = true;
            local.resume();
            return null;
        });
    }

    @Override
    public Future<Void> disconnect() {
        return inTurn(() -> {
            if (closed) {
                return Future.failedFuture(BrokerFailure.closed());
            }
            if (!connected) {
                return Future.succeededFuture();
            }
            local.pause();
            return shut().compose(drained -> port.close());
        });
    }

    /** Takes no further messages; those it has may be handled, for a while. */
    private Future<Void> shut() {
        connected = false;
        return port.shut();
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return Catching.refusing(BrokerFailure.ID, () -> send(topic, message));
    }

    private Future<Void> send(String topic, Message message) {
        SubscribeOptions.DEFAULTS.requireTopic(topic);
        if (!connected) {
            return Future.failedFuture(notConnected());
        }
        EncodedEvent body = new WireMessage(topic, message).encode();
        int limit = options.receiving().maxMessageBytes();
        if (body.length() > limit) {
            return Future.failedFuture(MicroException.badRequest(
                    BrokerFailure.ID, "topic " + topic + ": message exceeds " + limit + " bytes"));
        }
        Optional<String> full = admission.enter(body.length());
        if (full.isPresent()) {
            String detail = "topic " + topic + ": too many publishes wait for their subscribers (" + full.get() + ")";
            return Future.failedFuture(
                    MicroException.unavailable(BrokerFailure.ID, detail).withoutStackTrace());
        }
        Promise<Void> promise = timers.promise();
        promise.future().onComplete(done -> admission.leave(body.length()));
        HttpPublication publication = new HttpPublication(topic, body, published.incrementAndGet(), promise);
        context.runOnContext(run -> Catching.future("publisher", () -> {
                    publisher.publish(publication);
                    return Future.succeededFuture();
                })
                .onFailure(thrown -> promise.tryFail(MicroException.from(BrokerFailure.ID, thrown))));
        return promise.future();
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions subscribeOptions) {
        return Catching.refusing(BrokerFailure.ID, () -> add(topic, handler, subscribeOptions));
    }

    private Future<Subscription> add(String topic, DeliveryHandler handler, SubscribeOptions subscribeOptions) {
        subscribeOptions.requireTopic(topic);
        if (!connected) {
            return Future.failedFuture(notConnected());
        }
        Group group = new Group(topic, subscribeOptions.queue());
        Subscription subscription = local.add(topic, handler, subscribeOptions, () -> left(group));
        return call(() -> connected ? port.add(group) : Future.failedFuture(notConnected()))
                .map(subscription)
                .recover(refused -> subscription.unsubscribe().transform(gone -> Future.failedFuture(refused)));
    }

    private Future<Void> left(Group group) {
        return call(() -> local.isEmpty(group.topic(), group.queue()) ? port.remove(group) : Future.succeededFuture());
    }

    private Optional<Handover> deliver(String id, WireMessage message) {
        return port.find(id)
                .filter(group -> group.topic().equals(message.topic()) && !local.isEmpty(group.topic(), group.queue()))
                .map(group -> local.deliver(group.topic(), group.queue(), message.topic(), message.message()));
    }

    private MicroException notConnected() {
        return closed ? BrokerFailure.closed() : MicroException.internal(BrokerFailure.ID, "not connected");
    }

    @Override
    public BrokerStatistics statistics() {
        return local.statistics();
    }

    @Override
    public Future<Void> close() {
        return call(() -> {
            if (closing == null) {
                closed = true;
                publisher.close();
                closing = lastChange.transform(changed -> end());
            }
            return closing;
        });
    }

    private Future<Void> end() {
        Future<Void> shut = connected ? shut() : Future.succeededFuture();
        return shut.transform(drained -> {
            local.close(BrokerFailure.closed());
            dialer.close();
            return port.close();
        });
    }

    /** Connects and disconnects one after the other. */
    private Future<Void> inTurn(Supplier<Future<Void>> change) {
        return call(() -> {
            lastChange = lastChange.transform(before -> change.get());
            return lastChange;
        });
    }

    /** Runs an action on the context of the broker, and completes on that of the caller. */
    private Future<Void> call(Supplier<Future<Void>> action) {
        Promise<Void> promise = timers.promise();
        context.runOnContext(run -> Catching.future("broker", action).onComplete(promise));
        return promise.future();
    }
}
