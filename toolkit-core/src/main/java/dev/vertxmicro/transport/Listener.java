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
     * Tells those on the other side to take their further calls elsewhere, each in the words of its protocol: HTTP/1.1 by
     * {@code Connection: close} on the answers from now on, HTTP/2 by GOAWAY, multiplexed calls by their "last". Nothing is cut:
     * calls that run are answered, streams go on until they end, and calls that arrive nevertheless, on these connections or on
     * new ones, still go to the handler, which may refuse them. A connection on which nothing runs may be closed.
     *
     * <p>Called before {@link #close}, on the context that called {@link #listen}; draining twice is fine, and so is draining a
     * listener that does not listen. A transport whose peers need no word does nothing.
     *
     * @return completes when those that can be told have gone, as whoever drains waits for it, though not for long; at once where
     *     nobody can; never fails
     */
    default Future<Void> drain() {
        return Future.succeededFuture();
    }

    /**
     * Takes no new connections and closes those that are idle; answers on their way are still written.
     *
     * @return completes when all is closed; closing twice is fine
     */
    Future<Void> close();
}
