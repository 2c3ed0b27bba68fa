package dev.vertxmicro.transport.http;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.Announcement;
import dev.vertxmicro.net.MemoryShare;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x's own handler of a server connection. The first request that opens a stream takes the connection over:
 * the HTTP decoder leaves the pipeline and every byte from then on is a {@link StreamConnection}'s. All else passes on untouched.
 * This file alone knows how Vert.x builds its pipeline.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
final class StreamTakeover extends ChannelInboundHandlerAdapter {
    /** Of itself and of two handlers of Vert.x in the pipeline. */
    static final String NAME = "microStreams";

    static final String DECODER = "httpDecoder";
    static final String ENCODER = "httpEncoder";
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Intake intake;
    private final Predicate<Metadata> opens;
    private final Function<StreamConnection, ServerStreams> streamsOf;
    private final MemoryShare share;
    private @Nullable Metadata opening;
    private Buffer body = Buffer.buffer();

    private StreamTakeover(
            Intake intake, Predicate<Metadata> opens, Function<StreamConnection, ServerStreams> streamsOf) {
        this.intake = intake;
        this.opens = opens;
        this.streamsOf = streamsOf;
        this.share = intake.budget().share();
    }

    /**
     * Watches a connection for streams; one that does not speak HTTP/1.1 is left alone.
     *
     * @param connection the connection
     * @param intake      limits of headers and messages
     * @param opens      tells from its headers whether a message opens a stream
     * @param streamsOf  makes the streams of the connection once it is taken over
     */
    static void watch(
            HttpConnection connection,
            Intake intake,
            Predicate<Metadata> opens,
            Function<StreamConnection, ServerStreams> streamsOf) {
        if (!(connection instanceof ConnectionBase base)) {
            return;
        }
        ChannelHandlerContext own = base.channelHandlerContext();
        ChannelPipeline pipeline = own.pipeline();
        if (pipeline.get(DECODER) != null && pipeline.get(ENCODER) != null) {
            pipeline.addBefore(own.name(), NAME, new StreamTakeover(intake, opens, streamsOf));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Metadata begun = opening;
        String refusal = "";
        if (begun == null && message instanceof HttpRequest request) {
            begun = opensStream(request);
            opening = begun;
            refusal = begun == null ? "" : announced(ctx, request);
        }
        if (begun == null) {
            ctx.fireChannelRead(message);
        } else {
            content(ctx, begun, message, refusal);
        }
    }

    /** Lets a body come whose sender waits for that, or says why it need not. */
    private String announced(ChannelHandlerContext ctx, HttpRequest request) {
        HttpHeaders headers = request.headers();
        boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        int max = intake.limits().maxMessageBytes();
        String expect = old ? "" : headers.get(HttpHeaderNames.EXPECT, "");
        Announcement announced = Announcement.of(expect, headers.get(HttpHeaderNames.CONTENT_LENGTH, ""), max);
        if (announced == Announcement.CONTINUE) {
            ctx.pipeline().context(ENCODER).writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
        return switch (announced) {
            case NONE, CONTINUE -> "";
            case UNKNOWN -> "Expect: " + expect + " (expected: 100-continue)";
            case TOO_LARGE -> tooLarge();
        };
    }

    private String tooLarge() {
        return "message exceeds " + intake.limits().maxMessageBytes() + " bytes";
    }

    private @Nullable Metadata opensStream(HttpRequest request) {
        if (request.decoderResult().isFailure()
                || request.headers().get(Headers.STREAM, "").isEmpty()) {
            return null;
        }
        Metadata.Builder headers = Metadata.builder(12);
        request.headers().forEach(entry -> headers.add(entry.getKey(), HeaderText.fromWire(entry.getValue())));
        Metadata all = headers.build();
        return opens.test(all) ? all : null;
    }

    /** Collects the body of the request that takes over. */
    private void content(ChannelHandlerContext ctx, Metadata begun, Object message, String known) {
        String refusal = known;
        boolean last = message instanceof LastHttpContent;
        try {
            if (message instanceof HttpObject object && object.decoderResult().isFailure()) {
                refusal = String.valueOf(object.decoderResult().cause().getMessage());
            } else if (message instanceof HttpContent content) {
                refusal = take(content.content());
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
        if (last || !refusal.isEmpty()) {
            takeOver(ctx, begun, refusal);
        }
    }

    /** Adds to the body, or says why not. */
    private String take(ByteBuf content) {
        int length = content.readableBytes();
        if ((long) body.length() + length > intake.limits().maxMessageBytes()) {
            return tooLarge();
        }
        if (!share.take(length)) {
            return "no memory for a message";
        }
        body.appendBuffer(BufferInternal.buffer(content.slice()));
        return "";
    }

    /** The encoder stays: an answer of Vert.x to an earlier request may still be on its way. Ours go past it. */
    private void takeOver(ChannelHandlerContext ctx, Metadata begun, String refusal) {
        ChannelPipeline pipeline = ctx.pipeline();
        StreamConnection taken = new StreamConnection(intake, pipeline.context(ENCODER), streamsOf);
        Buffer first = body;
        pipeline.replace(this, NAME, taken);
        if (pipeline.get(ReadDeadline.NAME) != null) {
            pipeline.remove(ReadDeadline.NAME); // it knows requests, not streams
        }
        if (refusal.isEmpty()) {
            taken.opened(new FrameHead(begun, "", first.length()), first);
        } else {
            taken.notOpened(begun, refusal);
        }
        pipeline.remove(DECODER); // hands over what it has read beyond the request
        ReadTurns.leave(pipeline);
    }

    /** It was replaced, or the connection is gone. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        share.close();
        body = Buffer.buffer();
    }
}
