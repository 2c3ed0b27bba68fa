package dev.vertxmicro.server.events;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.events.Subscribers.Channel;
import dev.vertxmicro.server.events.Subscribers.Subscriber;
import dev.vertxmicro.server.handlers.HandlerChain;
import dev.vertxmicro.server.handlers.HandlerFailures;
import dev.vertxmicro.server.handlers.TimeLeft;
import dev.vertxmicro.server.load.CallGate;
import dev.vertxmicro.server.load.Permit;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the messages of a broker for the subscribers of a server (go-micro {@code server/rpc_server.go}, {@code Register} and
 * {@code HandleEvent}): one subscription for each topic and options, where go-micro has one for each subscriber, and one for
 * the service's own name.
 */
public final class BrokerEvents {
    private static final System.Logger LOG = System.getLogger(BrokerEvents.class.getName());

    private final String service;
    private final ServerParts parts;
    private final Subscribers subscribers;
    private final HandlerFailures failures;
    private final CallGate gate;
    private final EventTimeout timeout;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private boolean stopped;

    /** Subscribes to nothing before it is started. */
    public BrokerEvents(
            String service, ServerParts parts, Subscribers subscribers, HandlerFailures failures, CallGate gate) {
        this.service = service;
        this.parts = parts;
        this.subscribers = subscribers;
        this.failures = failures;
        this.gate = gate;
        this.timeout = new EventTimeout(parts.timers());
    }

    /** Subscribes, on the context that the handlers are to run on. */
    public Future<Void> start() {
        List<Channel> channels = subscribers.channels(service);
        Future<Void> all = Future.succeededFuture();
        for (Channel channel : channels) {
            boolean first = channels.stream()
                    .filter(other -> other.topic().equals(channel.topic()))
                    .findFirst()
                    .filter(channel::equals)
                    .isPresent();
            all = all.compose(before -> stopped ? Future.succeededFuture() : subscribe(channel, first));
        }
        return all;
    }

    private Future<Void> subscribe(Channel channel, boolean first) {
        List<Subscriber<?>> own = subscribers.of(channel);
        return parts.broker()
                .subscribe(
                        channel.topic(),
                        delivery -> take(channel, addressed(channel, own, first, delivery), delivery),
                        channel.options().withHandlerTimeout(Duration.ZERO)) // counts from when they are called
                .compose(this::subscribed);
    }

    /** One that comes after the stop, which no longer waits for it, is taken back. */
    private Future<Void> subscribed(Subscription subscription) {
        if (stopped && !parts.broker().keepsSubscriptions()) {
            return subscription.unsubscribe();
        }
        subscriptions.add(subscription);
        return Future.succeededFuture();
    }

    /**
     * Gives those who get a message: the subscribers of its channel, unless it names another topic as its own, as one does that
     * is sent to a service by the service's name. Where a topic has several channels, the first of them takes care of such
     * messages, so that they are not handled twice.
     */
    private List<Subscriber<?>> addressed(Channel channel, List<Subscriber<?>> own, boolean first, Delivery delivery) {
        String named = delivery.message().headers().value(Headers.TOPIC, "");
        if (named.isEmpty() || named.equals(channel.topic()) || named.equals(delivery.topic())) {
            return own;
        }
        return first ? subscribers.of(named) : List.of();
    }

    private Future<Void> take(Channel channel, List<Subscriber<?>> addressed, Delivery delivery) {
        if (addressed.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Permit> admitted = parts.timers().promise();
        gate.enterWhenFree(admitted);
        return admitted.future().compose(permit -> handle(channel, addressed, delivery, permit), this::leftOver);
    }

    /** What comes too late goes to another member of the queue, or stays with a backend that keeps it. */
    private Future<Void> leftOver(Throwable stopping) {
        return parts.broker().keepsSubscriptions()
                ? Promise.<Void>promise().future() // unsettled until the broker is closed, then the backend's again
                : Future.failedFuture(stopping);
    }

    /** Gives the place of an event to another when its handlers have ended or their time is up, which they are told then. */
    private Future<Void> handle(Channel channel, List<Subscriber<?>> addressed, Delivery delivery, Permit permit) {
        Cancellation cancellation = new Cancellation();
        Future<Void> handled;
        try {
            handled = run(addressed, delivery, context(channel, delivery, cancellation, permit));
        } catch (Throwable e) {
            handled = Future.failedFuture(
                    failures.told(channel.topic(), delivery.message().headers(), Peer.UNKNOWN, e));
        }
        handled.onComplete(done -> permit.giveBack());
        return timeout.within(channel.options().handlerTimeout(), channel, handled, () -> {
            permit.abandon();
            cancellation.cancel(MicroException.timeout(service, "handler has not completed in time")
                    .withoutStackTrace());
        });
    }

    private CallContext context(Channel channel, Delivery delivery, Cancellation cancellation, Permit permit) {
        Metadata headers = delivery.message().headers();
        long said = TimeLeft.deadline(headers, Headers.TIMEOUT, parts.timers());
        CallContext received = timed(
                CallContext.received(headers, said, cancellation, Peer.UNKNOWN, gate.draining()),
                channel.options().handlerTimeout());
        CallContext counted = parts.interceptors().isEmpty() ? received : HandlerChain.placed(received, permit);
        return delivery.attempt() == 1 ? counted : counted.withValue(ServerInterceptor.ATTEMPT, delivery.attempt());
    }

    /** The sooner of what its publisher says and what its subscription gives. */
    private CallContext timed(CallContext received, Duration limit) {
        if (limit.isZero()) {
            return received;
        }
        CallContext timed = received.withDeadline(limit, parts.timers());
        return received.hasDeadline() && received.deadline() - timed.deadline() <= 0 ? received : timed;
    }

    private Future<Void> run(List<Subscriber<?>> addressed, Delivery delivery, CallContext context) {
        Message message = delivery.message();
        return Subscribers.deliver(addressed, message, context).compose(outcome -> {
            if (outcome.succeeded()) {
                return Future.succeededFuture();
            }
            MicroException error = outcome.error(failure -> failures.told(delivery.topic(), context, failure));
            if (outcome.worthAnotherAttempt()) {
                return Future.failedFuture(error);
            }
            delivery.reject(error.text());
            return Future.succeededFuture();
        });
    }

    /**
     * Unsubscribes, unless the backend keeps the subscriptions for the next start; one that cannot be ended is logged.
     */
    public Future<Void> stop() {
        stopped = true;
        if (parts.broker().keepsSubscriptions()) {
            return Future.succeededFuture();
        }
        Future<Void> all = Future.succeededFuture();
        for (Subscription subscription : subscriptions) {
            Future<Void> ended = subscription.unsubscribe().otherwise(failure -> {
                LOG.log(System.Logger.Level.WARNING, "topic " + subscription.topic() + " not unsubscribed", failure);
                return null;
            });
            all = all.compose(before -> ended);
        }
        return all;
    }
}
