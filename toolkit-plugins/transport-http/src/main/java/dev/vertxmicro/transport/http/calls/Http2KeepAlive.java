package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.http.wire.SignsOfLife;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;

/** Notices by PING (RFC 9113, 6.7) that a connection of HTTP/2 leads nowhere any more, and closes it: its calls fail. */
public final class Http2KeepAlive extends ChannelInboundHandlerAdapter {
    private static final int PING_BYTES = 8;

    private final SignsOfLife keepAlive;

    private Http2KeepAlive(
            HttpConnection connection, ChannelHandlerContext own, SignsOfLife.Settings settings, RareWarning breaks) {
        this.keepAlive = new SignsOfLife(
                own.executor(), settings, () -> connection.ping(Buffer.buffer(new byte[PING_BYTES])), () -> {
                    breaks.warn("http: connection to " + connection.remoteAddress()
                            + " closed: it leads nowhere, a ping was not answered");
                    var unused = own.close();
                });
    }

    /**
     * Watches a connection of a client.
     *
     * @param connection left alone where it speaks something else
     * @param settings   how often it is asked
     * @param breaks     says which connections end so
     */
    public static void watch(HttpConnection connection, SignsOfLife.Settings settings, RareWarning breaks) {
        NettyPipeline.of(connection)
                .filter(own -> own.handler() instanceof Http2ConnectionHandler)
                .ifPresent(own -> {
                    Http2KeepAlive made = new Http2KeepAlive(connection, own, settings, breaks);
                    own.pipeline().addBefore(own.name(), "microAlive", made);
                    made.keepAlive.start();
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        keepAlive.came();
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        keepAlive.stop();
        ctx.fireChannelInactive();
    }
}
