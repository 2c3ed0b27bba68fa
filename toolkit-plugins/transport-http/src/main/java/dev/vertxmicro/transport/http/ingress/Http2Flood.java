package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.time.RareWarning;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;

/**
 * Ends a connection of HTTP/2 whose peer keeps us at work with frames that ask for nothing: PING, SETTINGS, PRIORITY,
 * WINDOW_UPDATE, unknown ones, and whatever netty passes over in silence, which is seen by its bytes alone. So many are granted in
 * some time, some more with each request and with what is answered. Of resets, empty DATA and CONTINUATION netty itself takes care.
 * Requests have their turns, and a peer who does not read his answers is not read.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the writer has the promise
public final class Http2Flood extends ChannelDuplexHandler implements ReadTurns.Requests {
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int FRAMES = 10_000;
    private static final int FRAMES_A_REQUEST = 10;
    /** Answered for each of which a peer may open our window once more. */
    private static final int BYTES_A_FRAME = 1024;

    private static final int FRAME_HEADER = 9;
    /** Beside the bodies of requests. */
    private static final long BYTES = 1 << 20;
    /** Each is answered, and applied to all streams. */
    private static final int SETTINGS_WEIGHT = 10;

    private final ReadTurns turns;
    private final ChannelHandlerContext http2;
    private final int maxHeaderBytes;
    private final String remote;
    private final RareWarning warning;
    private long began = System.nanoTime();
    private long frames;
    private long bytes;
    private long requests;
    private long answered;
    private boolean ended;

    private Http2Flood(ChannelHandlerContext http2, IngressLimits ingress, String remote, RareWarning warning) {
        this.http2 = http2;
        this.turns = new ReadTurns(this, ingress.budget().share());
        this.maxHeaderBytes = ingress.limits().maxHeaderBytes();
        this.remote = remote;
        this.warning = warning;
    }

    /**
     * Watches a connection; one that does not speak HTTP/2 is left alone.
     *
     * @param connection the connection, whose first frame has come
     * @param ingress     of requests
     * @param remote     who is at the other end
     * @param warning    says who floods us
     */
    public static void watch(HttpConnection connection, IngressLimits ingress, String remote, RareWarning warning) {
        NettyPipeline.of(connection).ifPresent(own -> {
            if (own.handler() instanceof Http2ConnectionHandler handler) {
                Http2Flood flood = new Http2Flood(own, ingress, remote, warning);
                flood.turns.stand(own.pipeline(), own.name());
                own.pipeline().addBefore(own.name(), "microFlood", flood);
                handler.decoder()
                        .frameListener(flood.new Counting(handler.decoder().frameListener()));
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (ended) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ByteBuf came) {
            beginAnew();
            bytes += came.readableBytes();
            if (bytes > BYTES + requests * maxHeaderBytes + answered) {
                ReferenceCountUtil.release(message);
                ctx.fireExceptionCaught(flood("bytes that are part of no request"));
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    private void beginAnew() {
        long now = System.nanoTime();
        if (now - began >= WINDOW_NANOS) {
            began = now;
            frames = 0;
            bytes = 0;
            requests = 0;
            answered = 0;
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf leaves) {
            answered += leaves.readableBytes();
        }
        ctx.write(message, promise);
    }

    @Override
    public boolean room() {
        return http2.channel().isWritable();
    }

    /** Larger than needed for requests, as netty copies those of a body together. */
    @Override
    public int piece() {
        return 1024;
    }

    private void control(int weight) throws Http2Exception {
        frames += weight;
        if (frames > FRAMES + requests * FRAMES_A_REQUEST + answered / BYTES_A_FRAME) {
            throw flood("frames that are part of no request");
        }
    }

    private Http2Exception flood(String what) {
        ended = true;
        warning.warn("http: connection from " + remote + " closed: too many " + what);
        return Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many %s", what);
    }

    /** Sees what netty makes of the bytes. */
    private final class Counting extends Http2FrameListenerDecorator {

        Counting(Http2FrameListener listener) {
            super(listener);
        }

        @Override
        public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean end)
                throws Http2Exception {
            bytes -= Math.min(bytes, FRAME_HEADER + data.readableBytes());
            return super.onDataRead(ctx, streamId, data, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
                throws Http2Exception {
            requests++;
            turns.request();
            super.onHeadersRead(ctx, streamId, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext ctx,
                int streamId,
                Http2Headers headers,
                int streamDependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            requests++;
            turns.request();
            super.onHeadersRead(ctx, streamId, headers, streamDependency, weight, exclusive, padding, end);
        }

        @Override
        public void onPriorityRead(
                ChannelHandlerContext ctx, int streamId, int streamDependency, short weight, boolean exclusive)
                throws Http2Exception {
            control(1);
            super.onPriorityRead(ctx, streamId, streamDependency, weight, exclusive);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
            control(SETTINGS_WEIGHT);
            super.onSettingsRead(ctx, settings);
        }

        @Override
        public void onSettingsAckRead(ChannelHandlerContext ctx) throws Http2Exception {
            control(1);
            super.onSettingsAckRead(ctx);
        }

        @Override
        public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
            control(1);
            super.onPingRead(ctx, data);
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
            control(1);
            super.onPingAckRead(ctx, data);
        }

        @Override
        public void onWindowUpdateRead(ChannelHandlerContext ctx, int streamId, int increment) throws Http2Exception {
            control(1);
            super.onWindowUpdateRead(ctx, streamId, increment);
        }

        @Override
        public void onUnknownFrame(
                ChannelHandlerContext ctx, byte frameType, int streamId, Http2Flags flags, ByteBuf payload)
                throws Http2Exception {
            control(1);
            super.onUnknownFrame(ctx, frameType, streamId, flags, payload);
        }

        @Override
        public void onGoAwayRead(ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData)
                throws Http2Exception {
            control(1);
            super.onGoAwayRead(ctx, lastStreamId, errorCode, debugData);
        }
    }
}
