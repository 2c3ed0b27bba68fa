package dev.vertxmicro.transport.http;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * The last answer on a connection of HTTP/1.1, or of a request of HTTP/2. The peer may still send: closed at once, the connection
 * would be reset and the answer lost with it, so what comes within half a second is thrown away (as Go's server does).
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
final class Refusal {
    private static final int LINGER_MILLIS = 500;

    private Refusal() {}

    /**
     * Answers, then closes.
     *
     * @param request whom to answer; nothing is answered twice
     * @param status  4xx or 5xx
     * @param why     the body
     */
    static void answer(HttpServerRequest request, int status, String why) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "text/plain");
        if (request.version() == HttpVersion.HTTP_2) {
            response.end(why).onComplete(written -> response.reset());
            return;
        }
        response.putHeader("Connection", "close").end(why).onComplete(written -> linger(request.connection()));
    }

    private static void linger(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)) {
            connection.close();
            return;
        }
        Channel channel = base.channelHandlerContext().channel();
        if (channel instanceof DuplexChannel duplex && !connection.isSsl()) {
            duplex.shutdownOutput();
        }
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
}
