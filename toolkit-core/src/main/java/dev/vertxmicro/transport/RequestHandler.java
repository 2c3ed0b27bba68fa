package dev.vertxmicro.transport;

import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import io.vertx.core.Future;

/** Answers requests that a {@link Listener} takes. Called concurrently if several contexts listen. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Answers one request.
     *
     * @param request      headers and body
     * @param peer         the two ends of the connection
     * @param cancellation of this request alone; the transport cancels it when the caller goes away, the handler when its
     *                     deadline has passed
     * @return the response; must not fail: an error travels as a response with {@code Micro-Error}
     */
    Future<Message> handle(Message request, Peer peer, Cancellation cancellation);
}
