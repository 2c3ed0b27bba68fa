package dev.vertxmicro.transport.http.ingress;

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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request does not arrive whole in time (slowloris): Vert.x's idle timeout begins anew with every
 * byte. Stands behind the HTTP decoder; a request that comes in one read costs no timer. Tells {@link HeadBudget} what became of
 * the bytes. Connections of HTTP/2 are left alone.
 */
public final class ReadDeadline extends ChannelInboundHandlerAdapter {
    /** Of the handler in its pipeline. */
    static final String NAME = "microReadDeadline";

    private static final String HEADS = "microHeads";

    private final long nanos;
    private final String remote;
    private final RareWarning refusals;
    private final HeadBudget heads;
    private boolean refused;
    private boolean inside;
    private boolean decoded;
    private @Nullable ScheduledFuture<?> timer;

    private ReadDeadline(IngressLimits ingress, String remote, ChannelPipeline pipeline) {
        this.nanos = ingress.limits().readTimeout().toNanos();
        this.refusals = ingress.refusals();
        this.remote = remote;
        this.heads = new HeadBudget(ingress.budget().share(), () -> noRoom(pipeline));
    }

    /**
     * Watches a connection.
     *
     * @param connection the connection
     * @param ingress     how long a request may take, and how much unfinished ones may hold
     * @param remote     who is at the other end, for the log
     */
    public static void watch(HttpConnection connection, IngressLimits ingress, String remote) {
        ServerPipeline.ofHttp1(connection).ifPresent(own -> {
            ReadDeadline made = new ReadDeadline(ingress, remote, own.pipeline());
            own.pipeline().addBefore(ServerPipeline.DECODER, HEADS, made.heads);
            own.pipeline().addBefore(own.name(), NAME, made);
        });
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
        pipeline.remove(ServerPipeline.DECODER);
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
