package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.engine.NettyPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.HttpConnection;

/** Tells the peer at the other end of a connection of HTTP/2 to open its further streams elsewhere (RFC 9113, 6.8). */
public final class Http2GoAway {
    private Http2GoAway() {}

    /**
     * Says so. No stream is refused by that: those that the peer opens before it has heard are served.
     *
     * @param connection left alone where it speaks something else
     */
    public static void say(HttpConnection connection) {
        NettyPipeline.of(connection)
                .filter(own -> own.handler() instanceof Http2ConnectionHandler)
                .ifPresent(http2 -> connection.goAway(0, Integer.MAX_VALUE));
    }
}
