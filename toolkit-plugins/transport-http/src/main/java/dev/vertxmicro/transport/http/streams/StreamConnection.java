package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.http.frames.FrameHead;
import dev.vertxmicro.transport.http.frames.FrameReader;
import dev.vertxmicro.transport.http.frames.FrameWriter;
import dev.vertxmicro.transport.http.ingress.IngressLimits;
import dev.vertxmicro.transport.http.wire.FrameDeadline;
import dev.vertxmicro.transport.http.wire.FrameException;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/**
 * A server connection that carries streams: what comes is cut into messages, what they are answered goes past the HTTP encoder.
 * Whatever goes wrong here ends all its streams with an error that their callers are told, and then the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
public final class StreamConnection extends ChannelInboundHandlerAdapter implements FrameWriter.Output {
    private static final System.Logger LOG = System.getLogger(StreamConnection.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);
    private static final String START_LINE = "HTTP/1.1 200 OK\r\n";

    private final IngressLimits ingress;
    private final ChannelHandlerContext out;
    private final ServerStreams streams;
    private final FrameWriter writer;
    private final FrameReader reader;
    private final FrameDeadline deadline;
    private final StreamKeepAlive keepAlive;
    private boolean refused;

    /**
     * Makes the connection.
     *
     * @param ingress     limits
     * @param out       past whom the bytes go
     * @param streamsOf makes its streams
     */
    StreamConnection(
            IngressLimits ingress, ChannelHandlerContext out, Function<StreamConnection, ServerStreams> streamsOf) {
        MessageLimits limits = ingress.limits();
        this.ingress = ingress;
        this.out = out;
        this.writer = new FrameWriter(
                START_LINE,
                out.channel().eventLoop(),
                this,
                2L * limits.maxMessageBytes(),
                ingress.budget().share());
        this.streams = streamsOf.apply(this);
        this.reader = new FrameReader(
                limits.maxHeaderBytes(),
                limits.maxMessageBytes(),
                ingress.budget().share(),
                streams);
        this.deadline =
                new FrameDeadline(out.channel(), limits.readTimeout(), () -> refuse("message took too long to arrive"));
        this.keepAlive = new StreamKeepAlive(out.channel(), ingress.keepAlive(), this::beat, this::silent);
    }

    /** An interim answer (RFC 2518, 10.1): the handler has the request and is not done. */
    private void beat() {
        write(
                Buffer.buffer("HTTP/1.1 102 Processing\r\n" + StreamKeepAlive.HEADER + ": "
                        + StreamKeepAlive.offer(ingress.keepAlive()) + "\r\nContent-Length: 0\r\n\r\n"),
                () -> {});
    }

    /** Handlers are told that their callers have gone. */
    private void silent() {
        ingress.refusals()
                .warn("http: stream connection from " + out.channel().remoteAddress() + " closed: no sign of life for "
                        + keepAlive.limit().toMillis() + " ms");
        abort();
    }

    StreamKeepAlive keepAlive() {
        return keepAlive;
    }

    /** The message that took the connection over. */
    void opened(FrameHead head, Buffer body) {
        keepAlive.before(out.pipeline().context(this));
        try {
            streams.frame(head, body);
        } catch (Throwable e) {
            broken(e);
        }
    }

    /** The message that was to take the connection over must not. */
    void notOpened(Metadata headers, String why) {
        MicroException refusal = MicroException.badRequest("go.micro.transport", why);
        streams.turnAway(headers, refusal.withoutStackTrace());
        refuse(refusal);
    }

    FrameWriter writer() {
        return writer;
    }

    MemoryBudget budget() {
        return ingress.budget();
    }

    EventExecutor loop() {
        return out.channel().eventLoop();
    }

    /** Done when the connection is. */
    public Future<Void> closed() {
        return out.channel().closeFuture();
    }

    /** Switches reading, unless all that comes is dropped. */
    void reading(boolean on) {
        if (!refused) {
            out.channel().config().setAutoRead(on);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!refused && message instanceof ByteBuf bytes) {
                reader.feed(BufferContent.wrap(bytes.slice())); // a Buffer begins at index 0
                streams.adjustReading();
            }
        } catch (FrameException malformed) {
            refuse(String.valueOf(malformed.getMessage()));
        } catch (MicroException tooMuch) {
            refuse(tooMuch);
        } catch (Throwable e) {
            broken(e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void broken(Throwable failure) {
        FAILED.error("http: stream connection failed", failure);
        refuse(MicroException.internal("go.micro.transport", "stream connection failed"));
    }

    /** A message that has begun must come to its end in time. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        deadline.read(!refused && reader.inside(), reader.frames());
        ctx.fireChannelReadComplete();
    }

    private void refuse(String why) {
        refuse(MicroException.badRequest("go.micro.transport", why));
    }

    private void refuse(MicroException why) {
        if (refused) {
            return;
        }
        ingress.refusals()
                .warn("http: stream connection from " + out.channel().remoteAddress() + " closed: " + why.detail());
        refused = true;
        reader.stop();
        deadline.stop();
        keepAlive.stop();
        streams.refuse(why.withoutStackTrace());
        out.channel().config().setAutoRead(true);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            writer.drained();
        }
        streams.adjustReading();
        ctx.fireChannelWritabilityChanged();
    }

    /** An open stream may be silent for as long as it likes. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof IdleStateEvent) || streams.idle()) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.stop();
        reader.stop();
        streams.lost();
        ctx.fireChannelInactive();
    }

    @Override
    public void write(Buffer bytes, Runnable written) {
        out.writeAndFlush(BufferContent.of(bytes)).addListener(done -> written.run());
    }

    @Override
    public boolean full() {
        return !out.channel().isWritable();
    }

    @Override
    public void flushed() {
        streams.adjustReading();
    }

    @Override
    public void close() {
        keepAlive.stop();
        if (refused) {
            LingeringClose.of(out);
        } else {
            out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void abort() {
        out.channel().close();
    }
}
