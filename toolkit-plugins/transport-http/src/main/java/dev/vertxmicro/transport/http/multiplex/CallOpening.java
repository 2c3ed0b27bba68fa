package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.engine.NettyPipeline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server to go on with multiplexed calls: an {@code Upgrade} of HTTP/1.1, answered by status 101 in these very bytes.
 * Anybody else answers otherwise, or not at all, and the connection is closed. Both versions are asked for; a server that knows
 * pings takes the second.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
public final class CallOpening extends ChannelInboundHandlerAdapter {
    /** What the connection changes to. */
    public static final String PROTOCOL = "vertx-micro-calls/1";
    /** The same with pings. */
    public static final String SECOND = "vertx-micro-calls/2";
    /** What a server of ours says of itself on answers to calls. */
    public static final String SERVER = "vertx-micro";

    /** A server's consent. */
    static final byte[] CONSENT = consent(PROTOCOL);
    /** A server's consent to the version with pings, as long as the other. */
    static final byte[] CONSENT_TO_SECOND = consent(SECOND);

    private static byte[] consent(String protocol) {
        return ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The peer speaks, and says something else. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message, null, false, false);
        }
    }

    private final ChannelHandlerContext out;
    private final Function<ChannelHandlerContext, CallConnection> made;
    private final Promise<CallConnection> promise = Promise.promise();
    private @Nullable ScheduledFuture<?> timer;
    private byte[] consent = CONSENT;
    private int seen;

    private CallOpening(ChannelHandlerContext out, Function<ChannelHandlerContext, CallConnection> made) {
        this.out = out;
        this.made = made;
    }

    /**
     * Asks.
     *
     * @param socket  a fresh connection, on its event loop
     * @param address whom it goes to
     * @param timeout for the answer
     * @param made    makes the connection of its place in the pipeline
     * @return completes on the event loop; the socket is closed if it fails
     */
    public static Future<CallConnection> ask(
            NetSocket socket, String address, Duration timeout, Function<ChannelHandlerContext, CallConnection> made) {
        ChannelHandlerContext own = NettyPipeline.of(socket);
        CallOpening opening = new CallOpening(own, made);
        own.pipeline().addBefore(own.name(), "microCalls", opening);
        String request = "POST / HTTP/1.1\r\nHost: " + address + "\r\nUser-Agent: " + SERVER
                + "\r\nConnection: Upgrade\r\nUpgrade: " + SECOND + "\r\nUpgrade: " + PROTOCOL
                + "\r\nContent-Length: 0\r\n\r\n";
        own.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.UTF_8));
        opening.timer =
                own.executor().schedule(() -> opening.refused("no answer"), timeout.toNanos(), TimeUnit.NANOSECONDS);
        return opening.promise.future();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof ByteBuf bytes && !promise.future().isComplete()) {
                read(ctx, bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf bytes) {
        while (bytes.isReadable() && seen < consent.length && expected(bytes.getByte(bytes.readerIndex()))) {
            bytes.skipBytes(1);
            seen++;
        }
        if (bytes.isReadable()) {
            refused("another answer");
        } else if (seen == consent.length) {
            stopTimer();
            CallConnection connection = made.apply(out);
            connection.pings(consent == CONSENT_TO_SECOND);
            ctx.pipeline().replace(this, "microCalls", connection);
            promise.complete(connection);
        }
    }

    private boolean expected(byte next) {
        if (next != consent[seen] && next == CONSENT_TO_SECOND[seen]) {
            consent = CONSENT_TO_SECOND;
        }
        return next == consent[seen];
    }

    private void refused(String why) {
        stopTimer();
        promise.tryFail(new RefusedException(why));
        out.close();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        refused("connection closed");
        ctx.fireChannelInactive();
    }
}
