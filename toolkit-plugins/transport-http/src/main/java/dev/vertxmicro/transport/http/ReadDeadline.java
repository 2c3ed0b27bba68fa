package dev.vertxmicro.transport.http;

import dev.vertxmicro.time.RareWarning;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request does not arrive whole in time (slowloris): Vert.x's idle timeout begins anew with every
 * byte. Stands behind the HTTP decoder; a request that comes in one read costs no timer. Tells {@link HeadBudget} what became of
 * the bytes. Connections of HTTP/2 are left alone.
 */
final class ReadDeadline extends ChannelInboundHandlerAdapter {
    /** Of the handler in its pipeline. */
    static final String NAME = "microReadDeadline";

    private static final String HEADS = "microHeads";
    private static final String DECODER = "httpDecoder";

    private final long nanos;
    private final String remote;
    private final RareWarning refusals;
    private final HeadBudget heads;
    private boolean refused;
    private boolean inside;
    private boolean decoded;
    private @Nullable ScheduledFuture<?> timer;

    private ReadDeadline(Intake intake, String remote, ChannelPipeline pipeline) {
        this.nanos = intake.limits().readTimeout().toNanos();
        this.refusals = intake.refusals();
        this.remote = remote;
        this.heads = new HeadBudget(intake.budget().share(), () -> noRoom(pipeline));
    }

    /**
     * Watches a connection.
     *
     * @param connection the connection
     * @param intake     how long a request may take, and how much unfinished ones may hold
     * @param remote     who is at the other end, for the log
     */
    static void watch(HttpConnection connection, Intake intake, String remote) {
        if (connection instanceof ConnectionBase base) {
            ChannelHandlerContext own = base.channelHandlerContext();
            ChannelPipeline pipeline = own.pipeline();
            if (pipeline.get(DECODER) != null) {
                ReadDeadline made = new ReadDeadline(intake, remote, pipeline);
                pipeline.addBefore(DECODER, HEADS, made.heads);
                pipeline.addBefore(own.name(), NAME, made);
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        decoded = true;
        inside = message instanceof HttpObject && !(message instanceof LastHttpContent);
        if (message instanceof HttpRequest) {
            heads.head();
        }
        if (message instanceof LastHttpContent) {
            heads.end();
        }
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
        heads.readComplete();
        ctx.fireChannelReadComplete();
    }

    /** Lets go of what was decoded at once: a closed channel lives until its loop has had its turn. */
    private void noRoom(ChannelPipeline pipeline) {
        if (refused) {
            return;
        }
        refused = true;
        refusals.warn("http: connection from " + remote + " closed: memory for messages is used up");
        pipeline.remove(DECODER);
        var unused = pipeline.close();
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
        refusals.warn("http: request from " + remote + " took too long to arrive, closed");
        var unused = ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
        if (ctx.pipeline().get(HEADS) != null) {
            ctx.pipeline().remove(HEADS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }
}
