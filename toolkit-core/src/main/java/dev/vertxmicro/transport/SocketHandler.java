package dev.vertxmicro.transport;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;

/** Serves streams that a {@link Listener} takes, each a {@link Socket} below codec and endpoint. Called concurrently if several contexts listen. */
@FunctionalInterface
public interface SocketHandler {

    /**
     * Takes one stream.
     *
     * @param first  the message that opened it
     * @param socket the server's end; paused until a message handler is set
     * @param peer   the two ends of the connection
     */
    void handle(Message first, Socket socket, Peer peer);

    /**
     * Tells whether a message that names a stream really opens one. go-micro answers such a message to a unary endpoint as any
     * request, and so does a listener that is told so here.
     *
     * @param headers the message's
     * @return false to have it go to the {@link RequestHandler}
     */
    default boolean opens(Metadata headers) {
        return true;
    }
}
