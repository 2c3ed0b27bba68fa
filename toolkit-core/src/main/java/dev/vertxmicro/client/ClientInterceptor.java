package dev.vertxmicro.client;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/**
 * Wraps all that a client does: go-micro's {@code client.Wrapper}. It has to say what it does with calls, with streams and with
 * messages; one that is about some of these only says so by its type: {@link OfCalls}, {@link OfStreams}, {@link OfMessages}.
 *
 * <p>The first of several is outermost. Called concurrently, on the context of the caller, and goes on there: {@code next} is not
 * to be used on another thread. What it throws, and null in place of a future, fails the call.
 */
public interface ClientInterceptor {

    /**
     * Sees one call, once, whatever the number of attempts.
     *
     * @param context context of the call
     * @param request what is called
     * @param next    makes the call; may be left out, or given a changed context or request
     * @param <Q>     type of the request
     * @param <R>     type of the response
     * @return the response
     */
    <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next);

    /**
     * Sees one stream that is opened. Its messages and its end are those of the {@link ClientStream} that {@code next} gives:
     * {@code dev.vertxmicro.wrapper.ForwardingClientStream} is there to see them.
     *
     * @param context context of the stream
     * @param request what is opened
     * @param next    opens it; may be left out, or given a changed context or request
     * @param <Q>     type of what is sent
     * @param <R>     type of what is received
     * @return the stream, or one that stands before it; whoever fails after {@code next} gave a stream cancels that
     */
    <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next);

    /**
     * Sees one message that is published.
     *
     * @param context context of the message
     * @param topic   where to
     * @param payload what
     * @param next    publishes it; may be left out, or given a changed context, topic or payload
     * @param <T>     type of the payload
     * @return completes when it is published
     */
    <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next);

    /** One that is about calls only. */
    interface OfCalls extends ClientInterceptor {
        @Override
        default <Q, R> Future<ClientStream<Q, R>> interceptStream(
                CallContext context, Request<Q, R> request, Opening next) {
            return next.open(context, request);
        }

        @Override
        default <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
            return next.publish(context, topic, payload);
        }
    }

    /** One that is about streams only. */
    interface OfStreams extends ClientInterceptor {
        @Override
        default <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
            return next.exchange(context, request);
        }

        @Override
        default <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
            return next.publish(context, topic, payload);
        }
    }

    /** One that is about messages only. */
    interface OfMessages extends ClientInterceptor {
        @Override
        default <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
            return next.exchange(context, request);
        }

        @Override
        default <Q, R> Future<ClientStream<Q, R>> interceptStream(
                CallContext context, Request<Q, R> request, Opening next) {
            return next.open(context, request);
        }
    }

    /** The rest of the way of a call. */
    @FunctionalInterface
    interface Exchange {

        /**
         * Makes the call.
         *
         * @param context context of the call
         * @param request what is called
         * @param <Q>     type of the request
         * @param <R>     type of the response
         * @return the response
         */
        <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request);
    }

    /** The rest of the way of a stream. */
    @FunctionalInterface
    interface Opening {

        /**
         * Opens the stream.
         *
         * @param context context of the stream
         * @param request what is opened
         * @param <Q>     type of what is sent
         * @param <R>     type of what is received
         * @return the stream, once a node has it
         */
        <Q, R> Future<ClientStream<Q, R>> open(CallContext context, Request<Q, R> request);
    }

    /** The rest of the way of a message that is published. */
    @FunctionalInterface
    interface Publication {

        /**
         * Publishes the message.
         *
         * @param context context of the message
         * @param topic   where to
         * @param payload what
         * @param <T>     type of the payload
         * @return completes when it is published
         */
        <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload);
    }
}
