package dev.vertxmicro.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;

/** Finds the place that Vert.x has in the pipeline of a connection; handlers of ours stand before it. The one place that knows. */
public final class NettyPipeline {
    private NettyPipeline() {}

    /**
     * Finds the place of Vert.x.
     *
     * @param connection a connection of HTTP
     * @return its place; empty if Netty does not carry the connection
     */
    public static Optional<ChannelHandlerContext> of(HttpConnection connection) {
        return connection instanceof ConnectionBase base ? Optional.of(base.channelHandlerContext()) : Optional.empty();
    }

    /**
     * Finds the place of Vert.x.
     *
     * @param socket a connection of TCP
     * @return its place
     */
    public static ChannelHandlerContext of(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext();
    }

    /**
     * Closes a connection at once. An orderly end comes behind what was written, so who does not read puts it off for ever.
     *
     * @param channel what carries the connection
     */
    public static void cut(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            var unused = channel.close();
        } else {
            var unused = first.close(); // past Vert.x, and TLS
        }
    }
}
