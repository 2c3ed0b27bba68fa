package dev.vertxmicro.client;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.SendLoop;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.Iterator;

/**
 * The caller's end of a stream: go-micro's {@code client.Stream}. Used from one context.
 *
 * @param <Q> type of what is sent
 * @param <R> type of what is received
 */
public interface ClientStream<Q, R> {

    /**
     * Sends a message.
     *
     * @param message the message
     * @return completes when another may be sent; fails once the stream ended
     */
    Future<Void> send(Q message);

    /**
     * Sends messages one after the other, each when there is room for it.
     *
     * @param messages asked for the next only when there is room for it
     * @return completes when all are sent; fails as soon as one is not
     */
    default Future<Void> sendAll(Iterator<? extends Q> messages) {
        return SendLoop.run(messages, this::send);
    }

    /**
     * Says that no more is sent; go on receiving.
     *
     * @return completes when that is sent
     */
    Future<Void> end();

    /**
     * Gives the stream up.
     *
     * @param reason what the other side is told
     */
    void cancel(MicroException reason);

    /**
     * Sets who gets the messages.
     *
     * @param handler gets them in order
     * @return this
     */
    ClientStream<Q, R> onMessage(Handler<R> handler);

    /**
     * Stops the flow of messages.
     *
     * @return this
     */
    ClientStream<Q, R> pause();

    /**
     * Lets messages flow again.
     *
     * @return this
     */
    ClientStream<Q, R> resume();

    /**
     * Tells how the server ended the stream.
     *
     * @return completes at its end, after the last message; fails with its error
     */
    Future<Void> ended();
}
