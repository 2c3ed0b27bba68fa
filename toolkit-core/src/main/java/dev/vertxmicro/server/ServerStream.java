package dev.vertxmicro.server;

import dev.vertxmicro.message.SendLoop;
import io.vertx.core.Future;
import java.util.Iterator;

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
     * Sends messages one after the other, each when there is room for it.
     *
     * @param messages asked for the next only when there is room for it
     * @return completes when all are sent; fails as soon as one is not
     */
    default Future<Void> sendAll(Iterator<? extends R> messages) {
        return SendLoop.run(messages, this::send);
    }

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
