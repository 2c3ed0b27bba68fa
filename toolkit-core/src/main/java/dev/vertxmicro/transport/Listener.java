package dev.vertxmicro.transport;

import io.vertx.core.Future;

/**
 * The server's side of a transport: go-micro's {@code transport.Listener}. Handlers are set before {@link #listen}; they run
 * on the context that called it.
 */
public interface Listener {

    /**
     * Sets who answers requests.
     *
     * @param handler answers them
     * @return this
     */
    Listener onRequest(RequestHandler handler);

    /**
     * Sets who serves streams.
     *
     * @param handler takes them
     * @return this
     */
    Listener onStream(SocketHandler handler);

    /**
     * Starts to listen.
     *
     * @return the address really listened on, {@code host:port}, host empty for every interface; fails with id
     *     {@code go.micro.transport} and code 500 if it is taken
     */
    Future<String> listen();

    /**
     * Takes no new connections and closes those that are idle; answers on their way are still written.
     *
     * @return completes when all is closed; closing twice is fine
     */
    Future<Void> close();
}
