package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.RequestHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.List;

/**
 * The server's end of a multiplexed connection: calls are answered in whatever order their handlers do. Everything here happens
 * on the event loop of the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
final class ServerCalls extends ChannelInboundHandlerAdapter implements CallFrameReader.Sink {
    private static final System.Logger LOG = System.getLogger(ServerCalls.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);
    private static final RareWarning CLOSED = RareWarning.of(LOG);

    private final ContextInternal serving;
    private final RequestHandler handler;
    private final Peer peer;
    private final HttpLimits limits;
    private final RareWarning refusals;
    private final ChannelHandlerContext out;
    private final CallBatch batch;
    private final CallFrameReader reader = new CallFrameReader(CallBatch.MAX_CALL + 64, this);
    private final HeaderBlock block = new HeaderBlock();
    private final Answers answers;
    private final FrameDeadline deadline;
    private final IntObjectHashMap<Cancellation> running = new IntObjectHashMap<>();
    private boolean feeding;

    /**
     * Makes an end.
     *
     * @param serving  runs the handler
     * @param handler  answers calls
     * @param peer     the two ends of the connection
     * @param limits   of what comes
     * @param refusals says which calls pass them
     * @param out      past whom the bytes go
     */
    ServerCalls(
            ContextInternal serving,
            RequestHandler handler,
            Peer peer,
            HttpLimits limits,
            RareWarning refusals,
            ChannelHandlerContext out) {
        this.serving = serving;
        this.handler = handler;
        this.peer = peer;
        this.limits = limits;
        this.refusals = refusals;
        this.out = out;
        this.batch = new CallBatch(out);
        this.answers = new Answers(batch, out.executor(), this::written);
        this.deadline =
                new FrameDeadline(out.channel(), limits.readTimeout(), () -> refuse("call took too long to arrive"));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        feed(bytes);
        bytes.release();
    }

    private void feed(ByteBuf bytes) {
        feeding = true;
        batch.beginRead();
        try {
            reader.feed(bytes);
        } catch (FrameException malformed) {
            refuse(String.valueOf(malformed.getMessage()));
        } finally {
            feeding = false;
        }
        setReading();
    }

    private void refuse(String why) {
        CLOSED.warn("http: connection from " + peer.remote() + " closed: " + why);
        out.close();
    }

    @Override
    public void frame(int kind, int id, ByteBuf payload) throws FrameException {
        if (kind == CallBatch.CALL) {
            call(id, payload);
        } else if (kind == CallBatch.CANCEL) {
            cancel(id);
        } else {
            throw new FrameException("frame of kind " + kind);
        }
    }

    private void call(int id, ByteBuf payload) throws FrameException {
        int headerBytes = HeaderBlock.length(payload);
        int bodyBytes = payload.readableBytes() - headerBytes;
        if (headerBytes > limits.maxHeaderBytes()) {
            refuse(id, "431 Request Header Fields Too Large: headers exceed " + limits.maxHeaderBytes() + " bytes");
            return;
        }
        if (bodyBytes > limits.maxMessageBytes()) {
            refuse(id, "413 Request Entity Too Large: message exceeds " + limits.maxMessageBytes() + " bytes");
            return;
        }
        Metadata headers = block.read(payload, headerBytes);
        Buffer body = Buffer.buffer(bodyBytes).appendBuffer(BufferInternal.buffer(payload.slice()));
        Cancellation cancellation = new Cancellation();
        if (running.put(id, cancellation) != null) {
            throw new FrameException("number of a call that runs already");
        }
        serving.duplicate().emit(new Message(headers, body), message -> serve(id, message, cancellation));
    }

    private void serve(int id, Message message, Cancellation cancellation) {
        Future<Message> answer;
        try {
            answer = handler.handle(message, peer, cancellation);
        } catch (RuntimeException | Error e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(result -> {
            if (out.executor().inEventLoop()) {
                answered(id, cancellation, result);
            } else {
                out.executor().execute(() -> answered(id, cancellation, result));
            }
        });
    }

    /** Says no to one call; the others go on. */
    private void refuse(int id, String why) {
        refusals.warn("http: call from " + peer.remote() + " refused: " + why);
        batch.text(CallBatch.REFUSED, id, why);
    }

    private void cancel(int id) {
        Cancellation cancellation = running.remove(id);
        if (cancellation != null) {
            answers.drop(id);
            cancellation.cancel(gone());
        }
    }

    private static MicroException gone() {
        return MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace();
    }

    @SuppressWarnings("ReferenceEquality") // the number may have been given to another call since
    private void answered(int id, Cancellation cancellation, AsyncResult<Message> result) {
        if (running.get(id) != cancellation) {
            return;
        }
        if (result.failed()) {
            FAILED.error("handler of calls failed", result.cause());
            running.remove(id);
            batch.text(CallBatch.REFUSED, id, "500 Internal Server Error");
            return;
        }
        if (!answers.send(id, result.result(), limits.maxHeaderBytes())) {
            refuse(id, "headers of the answer exceed " + limits.maxHeaderBytes() + " bytes");
            running.remove(id);
        }
        setReading();
    }

    private void written(int id) {
        running.remove(id);
        setReading();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        batch.endRead();
        deadline.read(reader.inside());
        ctx.fireChannelReadComplete();
    }

    /** Who does not read his answers, or has asked enough, is not read. */
    @Override
    public boolean ready() {
        return running.size() < CallConnection.MAX_CALLS
                && !batch.full()
                && answers.bytes() <= 2L * limits.maxMessageBytes();
    }

    private void setReading() {
        boolean ready = ready();
        if (ready != out.channel().config().isAutoRead()) {
            out.channel().config().setAutoRead(ready);
        }
        if (ready && reader.held() && !feeding) {
            feed(Unpooled.EMPTY_BUFFER);
            batch.endRead();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        answers.write();
        batch.flush();
        setReading();
        ctx.fireChannelWritabilityChanged();
    }

    /** A call may take as long as it likes; and whoever closes the listener waits for those that run. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ShutdownEvent) {
            batch.text(CallBatch.LAST, 0, "");
        } else if (!(event instanceof IdleStateEvent) || running.isEmpty()) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        deadline.stop();
        batch.release();
        reader.release();
        List<Cancellation> lost = List.copyOf(running.values());
        running.clear();
        lost.forEach(cancellation -> cancellation.cancel(gone()));
        ctx.fireChannelInactive();
    }
}
