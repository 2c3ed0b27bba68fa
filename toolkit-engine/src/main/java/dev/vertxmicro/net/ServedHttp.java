package dev.vertxmicro.net;

import dev.vertxmicro.engine.NettyPipeline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What all our HTTP servers do alike. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
public final class ServedHttp {
    private static final int LINGER_MILLIS = 500;
    private static final int MAX_LINE_BYTES = 8192;

    private ServedHttp() {}

    /**
     * Makes the options of a server that speaks plain HTTP/1 and closes silent connections; no h2c, no compressed WebSockets.
     *
     * @param idleTimeout    after which a silent connection is closed
     * @param maxHeaderBytes all headers of a request together
     * @return the options, yours to change
     */
    public static HttpServerOptions options(Duration idleTimeout, int maxHeaderBytes) {
        return new HttpServerOptions()
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) Math.min(Integer.MAX_VALUE, idleTimeout.toMillis()))
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false) // its handler dies of the 128th pipelined request
                .setPerMessageWebSocketCompressionSupported(false);
    }

    /**
     * Closes a connection of HTTP/1 after its last answer was written. The peer may still send: closed at once, the connection
     * would be reset and the answer lost with it, so what comes within half a second is thrown away (as Go's server does).
     *
     * @param connection whose handlers throw away what comes from now on
     */
    public static void close(HttpConnection connection) {
        Optional<Channel> carrier = NettyPipeline.of(connection).map(ChannelHandlerContext::channel);
        if (carrier.isEmpty()) {
            connection.close();
            return;
        }
        Channel channel = carrier.get();
        if (channel instanceof DuplexChannel duplex && !connection.isSsl()) {
            duplex.shutdownOutput();
        }
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }
}
