package dev.vertxmicro.broker.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * A connection on which a decoder of Netty makes messages of bytes; one that breaks is closed. Used on the context of its socket.
 */
public final class MessageSocket {
    private final NetSocketInternal socket;
    private final ChannelHandlerContext own;

    private MessageSocket(NetSocketInternal socket) {
        this.socket = socket;
        this.own = socket.channelHandlerContext();
    }

    /**
     * Makes a connection of one of Vert.x, on which nothing has come yet.
     *
     * @param socket  the connection
     * @param decoder makes messages
     * @return the connection
     */
    public static MessageSocket of(NetSocket socket, ChannelHandler decoder) {
        MessageSocket made = new MessageSocket((NetSocketInternal) socket);
        made.own.pipeline().addBefore(made.own.name(), "microMessages", decoder);
        socket.exceptionHandler(broken -> socket.close());
        return made;
    }

    /** Takes what the decoder makes; whoever takes it releases it. */
    public void onMessage(Handler<Object> handler) {
        socket.messageHandler(handler);
    }

    /** Runs when the connection is no more. */
    public void onClose(Runnable action) {
        socket.closeHandler(closed -> action.run());
    }

    /** Writes bytes; completes once the network has taken them. */
    public Future<Void> write(ByteBuf bytes) {
        return socket.writeMessage(bytes);
    }

    /** Switches reading. */
    public void read(boolean on) {
        own.channel().config().setAutoRead(on);
    }

    /** Who is at the other end, for the log. */
    public String remote() {
        return String.valueOf(socket.remoteAddress());
    }

    /** Closes the connection. */
    public void close() {
        socket.close();
    }
}
