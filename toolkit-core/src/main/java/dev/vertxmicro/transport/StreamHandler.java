package dev.vertxmicro.transport;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;

/** Serves streams that a {@link Listener} takes. Called concurrently if several contexts listen. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Takes one stream.
     *
     * @param first  the message that opened it
     * @param socket the server's end; paused until a message handler is set
     * @param peer   the two ends of the connection
     */
    void handle(Message first, Socket socket, Peer peer);
}
