package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.transport.http.ingress.ServerPipeline;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.util.function.BiFunction;

/**
 * Looks at the first request of a server connection: one that asks for multiplexed calls gets them, and the connection is none of
 * HTTP any more. All others go on as if nobody had looked.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
public final class CallUpgrade extends ChannelInboundHandlerAdapter {
    private final BiFunction<ChannelHandlerContext, Boolean, ServerCalls> calls;
    private boolean asked;
    private boolean pings;

    private CallUpgrade(BiFunction<ChannelHandlerContext, Boolean, ServerCalls> calls) {
        this.calls = calls;
    }

    /**
     * Watches a connection; one that does not speak HTTP/1.1 is left alone.
     *
     * @param connection the connection
     * @param calls      serves calls, writing past the given place of the pipeline; is told whether the peer knows pings
     */
    public static void watch(HttpConnection connection, BiFunction<ChannelHandlerContext, Boolean, ServerCalls> calls) {
        ServerPipeline.ofHttp1(connection)
                .ifPresent(own -> own.pipeline().addBefore(own.name(), "microUpgrade", new CallUpgrade(calls)));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        asked = asked || asks(message);
        if (!asked) {
            ctx.pipeline().remove(this);
            ctx.fireChannelRead(message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            takeOver(ctx);
        }
    }

    private boolean asks(Object message) {
        if (!(message instanceof HttpRequest request) || request.decoderResult().isFailure()) {
            return false;
        }
        pings = request.headers().contains(HttpHeaderNames.UPGRADE, CallOpening.SECOND, false);
        return pings || request.headers().contains(HttpHeaderNames.UPGRADE, CallOpening.PROTOCOL, false);
    }

    private void takeOver(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        ChannelHandlerContext out = pipeline.context(ServerPipeline.ENCODER);
        out.writeAndFlush(Unpooled.wrappedBuffer(pings ? CallOpening.CONSENT_TO_SECOND : CallOpening.CONSENT));
        pipeline.replace(this, "microCalls", calls.apply(out, pings));
        pipeline.remove(ServerPipeline.STREAMS);
        ServerPipeline.forgetRequests(pipeline);
        ServerPipeline.handOver(pipeline);
    }
}
