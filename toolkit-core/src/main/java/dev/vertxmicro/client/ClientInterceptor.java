package dev.vertxmicro.client;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/** Wraps every unary call of a client, and what it publishes: go-micro's {@code client.Wrapper}. Called concurrently. */
@FunctionalInterface
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
     * Sees one message that is published; by default it passes.
     *
     * @param context context of the message
     * @param topic   where to
     * @param payload what
     * @param next    publishes it; may be left out, or given a changed context, topic or payload
     * @param <T>     type of the payload
     * @return completes when it is published
     */
    default <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        return next.publish(context, topic, payload);
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
}
