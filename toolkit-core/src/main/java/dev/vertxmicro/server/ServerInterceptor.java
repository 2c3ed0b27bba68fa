package dev.vertxmicro.server;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.ContextKey;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.Future;

/**
 * Wraps all handlers of a server: go-micro's {@code server.HandlerWrapper} and {@code server.SubscriberWrapper}. It has to say what
 * it does with calls, with streams and with messages; one that is about some of these only says so by its type: {@link OfCalls},
 * {@link OfStreams}, {@link OfMessages}.
 *
 * <p>The first of several is outermost. Called concurrently, where the call arrived, whatever threads the handlers run on, and
 * not to be blocked; {@code next} is to be used on the same context. What it throws, and null in place of a future, fails the call.
 *
 * <p>It also sees calls and streams for which there is no handler, and requests that cannot be decoded, with their undecoded
 * body; {@code next} fails then with what the caller is to be told ({@link #refused}). What is beyond the limits of the server is
 * refused before.
 */
public interface ServerInterceptor {
    /** Stands in the context of a call that no handler will see. */
    ContextKey<Boolean> REFUSED = ContextKey.named("refused");

    /**
     * Tells whether no handler will see a call, since there is none or its request cannot be decoded: the name of the endpoint may
     * be anything then.
     *
     * @param context its context
     * @return true if so
     */
    static boolean refused(CallContext context) {
        return context.value(REFUSED).isPresent();
    }

    /** Stands in the context of a message that was delivered before. */
    ContextKey<Integer> ATTEMPT = ContextKey.named("attempt");

    /**
     * Tells how often a message was delivered.
     *
     * @param context its context
     * @return 1 for the first time, and for one that came past the broker
     */
    static int attempt(CallContext context) {
        return context.value(ATTEMPT).orElse(1);
    }

    /**
     * Sees one call.
     *
     * @param endpoint which endpoint is called
     * @param request  what the caller sent
     * @param context  its metadata, deadline, peer and cancellation
     * @param next     the handler; may be left out, or given another request or context
     * @param <Q>      type of the request
     * @param <R>      type of the response
     * @return the answer
     */
    <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next);

    /**
     * Sees one stream that was opened.
     *
     * @param endpoint which endpoint is called
     * @param stream   its messages and its end; {@code dev.vertxmicro.wrapper.ForwardingServerStream} is there to see them
     * @param context  its metadata, deadline, peer and cancellation
     * @param next     the handler; may be left out, or given another stream or context
     * @param <Q>      type of what is received
     * @param <R>      type of what is sent
     * @return ends the stream when it completes, with its error if it fails
     */
    <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next);

    /**
     * Sees one message on its way to a subscriber.
     *
     * @param topic   where it was published
     * @param message what was published
     * @param context its metadata and cancellation
     * @param next    the subscriber; may be left out, or given another message or context
     * @param <M>     type of the message
     * @return completes when it is handled; a failure has it delivered again, as the subscription says
     */
    <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next);

    /** One that is about calls only. */
    interface OfCalls extends ServerInterceptor {
        @Override
        default <Q, R> Future<Void> interceptStream(
                Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
            return next.handle(stream, context);
        }

        @Override
        default <M> Future<Void> interceptMessage(
                Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
            return next.handle(message, context);
        }
    }

    /** One that is about streams only. */
    interface OfStreams extends ServerInterceptor {
        @Override
        default <Q, R> Future<R> intercept(
                Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
            return next.handle(request, context);
        }

        @Override
        default <M> Future<Void> interceptMessage(
                Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
            return next.handle(message, context);
        }
    }

    /** One that is about messages only. */
    interface OfMessages extends ServerInterceptor {
        @Override
        default <Q, R> Future<R> intercept(
                Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
            return next.handle(request, context);
        }

        @Override
        default <Q, R> Future<Void> interceptStream(
                Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
            return next.handle(stream, context);
        }
    }
}
