package dev.vertxmicro.transport.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request does not arrive whole in time (slowloris): Vert.x's idle timeout begins anew with every
 * byte. Stands behind the HTTP decoder; a request that comes in one read costs no timer. Connections of HTTP/2 are left alone.
 */
final class ReadDeadline extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(ReadDeadline.class.getName());
    /** Of the handler in its pipeline. */
    static final String NAME = "microReadDeadline";

    private static final String DECODER = "httpDecoder";

    private final long nanos;
    private final String remote;
    private boolean inside;
    private boolean decoded;
    private @Nullable ScheduledFuture<?> timer;

    private ReadDeadline(Duration timeout, String remote) {
        this.nanos = timeout.toNanos();
        this.remote = remote;
    }

    /**
     * Watches a connection.
     *
     * @param connection the connection
     * @param timeout    from the first byte of a request to its last
     * @param remote     who is at the other end, for the log
     */
    static void watch(HttpConnection connection, Duration timeout, String remote) {
        if (connection instanceof ConnectionBase base) {
            ChannelHandlerContext own = base.channelHandlerContext();
            ChannelPipeline pipeline = own.pipeline();
            if (pipeline.get(DECODER) != null) {
                pipeline.addBefore(own.name(), NAME, new ReadDeadline(timeout, remote));
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        decoded = true;
        inside = message instanceof HttpObject && !(message instanceof LastHttpContent);
        ctx.fireChannelRead(message);
    }

    /** Bytes of which nothing was decoded are the beginning of a head. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean partial = inside || !decoded;
        decoded = false;
        if (!partial) {
            stop();
        } else if (timer == null) {
            start(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    private void start(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> expire(ctx), nanos, TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expire(ChannelHandlerContext ctx) {
        timer = null;
        if (!ctx.channel().config().isAutoRead()) {
            start(ctx); // not the peer's fault: an earlier request of his is still being answered
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "http: request from {0} took too long to arrive, closed", remote);
        var unused = ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }
}
