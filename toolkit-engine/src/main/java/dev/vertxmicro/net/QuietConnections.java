package dev.vertxmicro.net;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.NetSocket;

/**
 * Keeps Vert.x from logging, at the level of an error, each connection that a peer breaks off or garbles: the call that it carried
 * fails and says so, and one that carried none is replaced.
 */
public final class QuietConnections {
    private QuietConnections() {}

    /**
     * Quiets a connection of an HTTP client.
     *
     * @param connection one that was just opened
     */
    public static void quiet(HttpConnection connection) {
        connection.exceptionHandler(broken -> {}); // what was under way is told in its own right
    }

    /**
     * Quiets a socket.
     *
     * @param socket one that was just opened
     * @return the socket
     */
    public static NetSocket quiet(NetSocket socket) {
        return socket.exceptionHandler(broken -> {}); // its end comes after it
    }
}
