package dev.vertxmicro.transport.http;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.RareWarning;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x's own handler of a server connection. The first request that opens a stream takes the connection over:
 * the HTTP decoder leaves the pipeline and every byte from then on is a stream's. All else passes on untouched. This file alone
 * knows how Vert.x builds its pipeline.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
final class StreamTakeover extends ChannelInboundHandlerAdapter implements FrameWriter.Output {
    private static final System.Logger LOG = System.getLogger(StreamTakeover.class.getName());
    private static final RareWarning CLOSED = RareWarning.of(LOG);
    /** Of itself and of two handlers of Vert.x in the pipeline. */
    static final String NAME = "microStreams";

    static final String DECODER = "httpDecoder";
    static final String ENCODER = "httpEncoder";
    private static final String START_LINE = "HTTP/1.1 200 OK\r\n";

    /** What a listener lets in. */
    record Limits(int maxHeaderBytes, int maxMessageBytes, Duration readTimeout) {}

    private final Limits limits;
    private final Predicate<Metadata> opens;
    private final BiFunction<FrameWriter, ChannelHandlerContext, ServerStreams> streamsOf;
    private @Nullable ChannelHandlerContext encoder;
    private @Nullable FrameReader reader;
    private @Nullable ServerStreams streams;
    private @Nullable Metadata opening;
    private @Nullable ScheduledFuture<?> readTimer;
    private Buffer body = Buffer.buffer();

    private StreamTakeover(
            Limits limits,
            Predicate<Metadata> opens,
            BiFunction<FrameWriter, ChannelHandlerContext, ServerStreams> streamsOf) {
        this.limits = limits;
        this.opens = opens;
        this.streamsOf = streamsOf;
    }

    /**
     * Watches a connection for streams; one that does not speak HTTP/1.1 is left alone.
     *
     * @param connection the connection
     * @param limits     of headers and messages
     * @param opens      tells from its headers whether a message opens a stream
     * @param streamsOf  makes the streams of the connection once it is taken over
     */
    static void watch(
            HttpConnection connection,
            Limits limits,
            Predicate<Metadata> opens,
            BiFunction<FrameWriter, ChannelHandlerContext, ServerStreams> streamsOf) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        ChannelHandlerContext own = base.channelHandlerContext();
        ChannelPipeline pipeline = own.pipeline();
        if (pipeline.get(DECODER) != null && pipeline.get(ENCODER) != null) {
            pipeline.addBefore(own.name(), NAME, new StreamTakeover(limits, opens, streamsOf));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (reader != null) {
            bytes(ctx, message);
        } else if (opening != null) {
            content(ctx, message);
        } else if (message instanceof HttpRequest request && opensStream(request)) {
            content(ctx, message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private boolean opensStream(HttpRequest request) {
        if (request.decoderResult().isFailure()
                || request.headers().get(Headers.STREAM, "").isEmpty()) {
            return false;
        }
        Metadata.Builder headers = Metadata.builder(12);
        request.headers().forEach(entry -> headers.add(entry.getKey(), HeaderText.fromWire(entry.getValue())));
        Metadata all = headers.build();
        opening = opens.test(all) ? all : null;
        return opening != null;
    }

    /** Collects the body of the request that takes over. */
    private void content(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
                refuse(ctx, String.valueOf(object.decoderResult().cause().getMessage()));
                return;
            }
            if (message instanceof HttpContent content) {
                if (body.length() + content.content().readableBytes() > limits.maxMessageBytes()) {
                    refuse(ctx, "message exceeds " + limits.maxMessageBytes() + " bytes");
                    return;
                }
                body.appendBytes(bytesOf(content.content()));
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (message instanceof LastHttpContent) {
            takeOver(ctx);
        }
    }

    private static byte[] bytesOf(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.getBytes(content.readerIndex(), bytes);
        return bytes;
    }

    /** The encoder stays: an answer of Vert.x to an earlier request may still be on its way. Ours go past it. */
    private void takeOver(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        encoder = pipeline.context(ENCODER);
        FrameWriter writer = new FrameWriter(START_LINE, ctx.channel().eventLoop(), this, 2 * limits.maxMessageBytes());
        ServerStreams taken = streamsOf.apply(writer, ctx);
        streams = taken;
        reader = new FrameReader(limits.maxHeaderBytes(), limits.maxMessageBytes(), taken);
        Metadata headers = opening == null ? Metadata.EMPTY : opening;
        taken.frame(new FrameHead(headers, "", body.length()), body);
        body = Buffer.buffer();
        if (pipeline.get(ReadDeadline.NAME) != null) {
            pipeline.remove(ReadDeadline.NAME); // it knows requests, not streams
        }
        pipeline.remove(DECODER); // hands over what it has read beyond the request
    }

    private void bytes(ChannelHandlerContext ctx, Object message) {
        FrameReader frames = reader;
        if (!(message instanceof ByteBuf bytes) || frames == null) {
            ReferenceCountUtil.release(message);
            return;
        }
        try {
            frames.feed(BufferInternal.buffer(bytes.slice())); // a Buffer begins at index 0
        } catch (FrameException malformed) {
            refuse(ctx, String.valueOf(malformed.getMessage()));
        } finally {
            bytes.release();
        }
    }

    /** A message that has begun must come to its end in time. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean inside = reader != null && reader.inside();
        if (!inside && readTimer != null) {
            readTimer.cancel(false);
            readTimer = null;
        } else if (inside && readTimer == null) {
            expectTheRest(ctx);
        }
        ctx.fireChannelReadComplete();
    }

    private void expectTheRest(ChannelHandlerContext ctx) {
        readTimer =
                ctx.executor().schedule(() -> tooSlow(ctx), limits.readTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void tooSlow(ChannelHandlerContext ctx) {
        if (ctx.channel().config().isAutoRead()) {
            refuse(ctx, "message took too long to arrive");
        } else {
            expectTheRest(ctx); // not the peer's fault: nobody reads
        }
    }

    private static void refuse(ChannelHandlerContext ctx, String why) {
        CLOSED.warn("http: stream connection from " + ctx.channel().remoteAddress() + " closed: " + why);
        ctx.close();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ServerStreams taken = streams;
        if (taken != null && ctx.channel().isWritable()) {
            taken.writer().drained();
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** An open stream may be silent for as long as it likes. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        boolean keep = event instanceof IdleStateEvent && streams != null && !streams.idle();
        if (!keep) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (streams != null) {
            streams.lost();
        }
        if (readTimer != null) {
            readTimer.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void write(Buffer bytes) {
        if (encoder != null) {
            encoder.writeAndFlush(((BufferInternal) bytes).getByteBuf());
        }
    }

    @Override
    public boolean full() {
        return encoder != null && !encoder.channel().isWritable();
    }

    @Override
    public void close() {
        if (encoder != null) {
            encoder.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
