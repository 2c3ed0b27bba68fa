package dev.vertxmicro.server;

import io.vertx.core.Future;

/**
 * The server's end of a stream: go-micro's {@code server.Stream}. Used from one context.
 *
 * @param <Q> type of what is received
 * @param <R> type of what is sent
 */
public interface ServerStream<Q, R> {

    /**
     * Sends a message.
     *
     * @param message the message
     * @return completes when another may be sent; fails once the caller is gone
     */
    Future<Void> send(R message);

    /**
     * Sets who gets the messages.
     *
     * @param handler gets them in order
     * @return this
     */
    ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler);

    /**
     * Stops the flow of messages.
     *
     * @return this
     */
    ServerStream<Q, R> pause();

    /**
     * Lets messages flow again.
     *
     * @return this
     */
    ServerStream<Q, R> resume();

    /**
     * Tells when the caller sends no more.
     *
     * @return completes at its end, after the last message; fails if it gave up
     */
    Future<Void> ended();
}
