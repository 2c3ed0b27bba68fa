package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.Announcement;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.transport.http.frames.FrameHead;
import dev.vertxmicro.transport.http.ingress.IngressLimits;
import dev.vertxmicro.transport.http.ingress.ServerPipeline;
import dev.vertxmicro.transport.http.wire.HeaderText;
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
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x's own handler of a server connection. The first request that opens a stream takes the connection over:
 * the HTTP decoder leaves the pipeline and every byte from then on is a {@link StreamConnection}'s. All else passes on untouched.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
public final class StreamTakeover extends ChannelInboundHandlerAdapter {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final IngressLimits ingress;
    private final Predicate<Metadata> opens;
    private final Function<StreamConnection, ServerStreams> streamsOf;
    private final MemoryShare share;
    private @Nullable Metadata opening;
    private Buffer body = Buffer.buffer();

    private StreamTakeover(
            IngressLimits ingress, Predicate<Metadata> opens, Function<StreamConnection, ServerStreams> streamsOf) {
        this.ingress = ingress;
        this.opens = opens;
        this.streamsOf = streamsOf;
        this.share = ingress.budget().share();
    }

    /**
     * Watches a connection for streams; one that does not speak HTTP/1.1 is left alone.
     *
     * @param connection the connection
     * @param ingress      limits of headers and messages
     * @param opens      tells from its headers whether a message opens a stream
     * @param streamsOf  makes the streams of the connection once it is taken over
     */
    public static void watch(
            HttpConnection connection,
            IngressLimits ingress,
            Predicate<Metadata> opens,
            Function<StreamConnection, ServerStreams> streamsOf) {
        ServerPipeline.ofHttp1(connection).ifPresent(own -> own.pipeline()
                .addBefore(own.name(), ServerPipeline.STREAMS, new StreamTakeover(ingress, opens, streamsOf)));
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
        int max = ingress.limits().maxMessageBytes();
        String expect = old ? "" : headers.get(HttpHeaderNames.EXPECT, "");
        Announcement announced = Announcement.of(expect, headers.get(HttpHeaderNames.CONTENT_LENGTH, ""), max);
        if (announced == Announcement.CONTINUE) {
            ctx.pipeline().context(ServerPipeline.ENCODER).writeAndFlush(Unpooled.wrappedBuffer(CONTINUE));
        }
        return switch (announced) {
            case NONE, CONTINUE -> "";
            case UNKNOWN -> "Expect: " + expect + " (expected: 100-continue)";
            case TOO_LARGE -> tooLarge();
        };
    }

    private String tooLarge() {
        return "message exceeds " + ingress.limits().maxMessageBytes() + " bytes";
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
        if ((long) body.length() + length > ingress.limits().maxMessageBytes()) {
            return tooLarge();
        }
        if (!share.take(length)) {
            return "no memory for a message";
        }
        body.appendBuffer(BufferContent.wrap(content.slice()));
        return "";
    }

    /** The encoder stays: an answer of Vert.x to an earlier request may still be on its way. Ours go past it. */
    private void takeOver(ChannelHandlerContext ctx, Metadata begun, String refusal) {
        ChannelPipeline pipeline = ctx.pipeline();
        StreamConnection taken = new StreamConnection(ingress, pipeline.context(ServerPipeline.ENCODER), streamsOf);
        Buffer first = body;
        pipeline.replace(this, ServerPipeline.STREAMS, taken);
        ServerPipeline.forgetRequests(pipeline);
        if (refusal.isEmpty()) {
            taken.opened(new FrameHead(begun, "", first.length()), first);
        } else {
            taken.notOpened(begun, refusal);
        }
        ServerPipeline.handOver(pipeline);
    }

    /** It was replaced, or the connection is gone. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        share.close();
        body = Buffer.buffer();
    }
}
