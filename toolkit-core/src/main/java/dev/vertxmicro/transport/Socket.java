package dev.vertxmicro.transport;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/**
 * One end of a stream: go-micro's {@code transport.Socket}, with back-pressure both ways.
 *
 * <p>Used from one context. Messages wait, bounded, until {@link #onMessage} is set and while the socket is paused.
 */
public interface Socket {

    /**
     * Sends a message.
     *
     * @param message the message
     * @return completes when another may be sent without queueing: wait for it to be held back by a slow reader; fails after
     *     the end or a reset
     */
    Future<Void> send(Message message);

    /**
     * Ends this direction; the other stays open.
     *
     * @param trailer last headers
     * @return completes when it is sent
     */
    Future<Void> end(Metadata trailer);

    /**
     * Ends both directions at once.
     *
     * @param error what the other end is told
     */
    void reset(MicroException error);

    /**
     * Sets who gets the messages.
     *
     * @param handler gets them in order
     * @return this
     */
    Socket onMessage(Handler<Message> handler);

    /**
     * Sets who is told of the other end's end.
     *
     * @param handler gets the trailer, after the last message
     * @return this
     */
    Socket onEnd(Handler<Metadata> handler);

    /**
     * Stops the flow of messages.
     *
     * @return this
     */
    Socket pause();

    /**
     * Lets messages flow again.
     *
     * @return this
     */
    Socket resume();

    /**
     * Tells how the stream ended.
     *
     * @return completes when both directions have ended; fails if one was reset
     */
    Future<Void> closed();
}
