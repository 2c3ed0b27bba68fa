package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.ingress.IngressLimits;
import dev.vertxmicro.transport.http.wire.FrameDeadline;
import dev.vertxmicro.transport.http.wire.FrameException;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SignsOfLife;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ShutdownEvent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a multiplexed connection: calls are answered in whatever order their handlers do. Everything here happens
 * on the event loop of the connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails has nobody to tell
public final class ServerCalls extends ChannelInboundHandlerAdapter implements CallFrameReader.Sink {
    /** How the text of a refusal begins whose call reached no handler, because there was no place for it. */
    static final String NOT_TAKEN = "503 ";

    private static final String NO_ROOM = "memory for messages is used up";
    /** Frames, after which other connections have their turn. */
    private static final int TURN = 128;

    /** What is said of those who ask too much. */
    public record Warnings(RareWarning refusals, RareWarning closes, RareWarning failures) {}

    private final ContextInternal serving;
    private final RequestHandler handler;
    private final Peer peer;
    private final MessageLimits limits;
    private final Warnings warnings;
    private final ChannelHandlerContext out;
    private final CallFrameWriter writer;
    private final CallFrameReader reader = new CallFrameReader(CallFrameWriter.MAX_CALL + 64, this);
    private final HeaderBlock block = new HeaderBlock();
    private final AnswerQueue answers;
    private final FrameDeadline deadline;
    private final MemoryShare share;
    private final RunningCalls running = new RunningCalls();
    private int left = TURN;
    private long ofAnswers;
    private boolean resting;
    private boolean feeding;
    private boolean closing;
    private boolean gone;
    private boolean pings;
    private @Nullable SignsOfLife keepAlive;

    /**
     * Makes an end.
     *
     * @param serving  runs the handler
     * @param handler  answers calls
     * @param peer     the two ends of the connection
     * @param ingress   what is let in
     * @param warnings say who passes them
     * @param out      past whom the bytes go
     */
    public ServerCalls(
            ContextInternal serving,
            RequestHandler handler,
            Peer peer,
            IngressLimits ingress,
            Warnings warnings,
            ChannelHandlerContext out) {
        this.serving = serving;
        this.handler = handler;
        this.peer = peer;
        this.limits = ingress.limits();
        this.share = ingress.budget().share();
        this.warnings = warnings;
        this.out = out;
        this.writer = new CallFrameWriter(out);
        this.answers = new AnswerQueue(writer, out.executor(), this::written);
        this.deadline =
                new FrameDeadline(out.channel(), limits.readTimeout(), () -> refuse("call took too long to arrive"));
    }

    /**
     * Notices a peer that is gone without a word, so that nobody works for it; for one that knows pings.
     *
     * @param settings how often it is asked
     * @return this
     */
    public ServerCalls keepAlive(SignsOfLife.Settings settings) {
        pings = true;
        if (settings.interval().isZero()) {
            return this;
        }
        keepAlive =
                new SignsOfLife(out.executor(), settings, () -> writer.text(CallFrameWriter.PING, 0, ""), this::silent);
        keepAlive.start();
        return this;
    }

    /** Who does not read is not read: what it says is not heard, and it is the idle timeout that ends it. */
    private void silent() {
        SignsOfLife silence = keepAlive;
        if (silence != null && !out.channel().config().isAutoRead()) {
            silence.start();
        } else {
            refuse("it leads nowhere, a ping was not answered");
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (keepAlive != null) {
            keepAlive.came();
        }
        if (message instanceof ByteBuf bytes && !gone) {
            feed(bytes);
        }
        ReferenceCountUtil.release(message);
    }

    private void feed(ByteBuf bytes) {
        feeding = true;
        writer.beginRead();
        try {
            reader.feed(bytes);
        } catch (FrameException malformed) {
            refuse(String.valueOf(malformed.getMessage()));
        } catch (RuntimeException | Error e) {
            refuse("cannot be read: " + e);
        } finally {
            feeding = false;
        }
        setReading();
    }

    private void refuse(String why) {
        gone = true;
        warnings.closes().warn("http: connection from " + peer.remote() + " closed: " + why);
        out.close();
    }

    @Override
    public void frame(int kind, int id, ByteBuf payload) throws FrameException {
        left--;
        if (pings && PingFrames.take(kind, id, payload, writer)) {
            return;
        }
        if (kind == CallFrameWriter.CALL) {
            call(id, payload);
        } else if (kind == CallFrameWriter.CANCEL && !payload.isReadable()) {
            cancel(id);
        } else {
            throw new FrameException("frame of kind " + kind + " and " + payload.readableBytes() + " bytes");
        }
    }

    private void call(int id, ByteBuf payload) throws FrameException {
        running.number(id);
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
        if (running.full()) {
            refuse(id, NOT_TAKEN + "too many calls run of one connection (limit: " + CallConnection.MAX_CALLS + ")");
            return;
        }
        int bytes = payload.readableBytes();
        if (!share.take(bytes)) {
            refuse(id, NOT_TAKEN + NO_ROOM);
            return;
        }
        Metadata headers = block.read(payload, headerBytes);
        Buffer body = Buffer.buffer(bodyBytes).appendBuffer(BufferContent.wrap(payload.slice()));
        Cancellation cancellation = running.begin(id);
        serving.duplicate().emit(new Message(headers, body), message -> serve(id, message, bytes, cancellation));
    }

    private void serve(int id, Message message, int bytes, Cancellation cancellation) {
        Future<Message> answer;
        try {
            answer = handler.handle(message, peer, cancellation);
        } catch (RuntimeException | Error e) {
            answer = Future.failedFuture(e);
        }
        if (answer == null) {
            answer = Future.succeededFuture();
        }
        answer.onComplete(result -> {
            if (out.executor().inEventLoop()) {
                done(id, bytes, cancellation, result);
            } else {
                out.executor().execute(() -> done(id, bytes, cancellation, result));
            }
        });
    }

    /** Says no to one call; the others go on. */
    private void refuse(int id, String why) {
        warnings.refusals().warn("http: call from " + peer.remote() + " refused: " + why);
        writer.text(CallFrameWriter.REFUSED, id, why);
    }

    private void cancel(int id) throws FrameException {
        Cancellation cancellation = running.cancel(id);
        if (cancellation != null && !answers.drop(id)) {
            running.abandon(cancellation);
        }
    }

    private void done(int id, int bytes, Cancellation cancellation, AsyncResult<@Nullable Message> result) {
        share.giveBack(bytes);
        if (gone || !running.done(id, cancellation)) {
            return;
        }
        Message answer = result.result();
        if (answer == null) {
            Throwable why = result.failed() ? result.cause() : new NullPointerException("answer");
            warnings.failures().error("handler of calls failed", why);
            writer.text(CallFrameWriter.REFUSED, id, "500 Internal Server Error");
            running.answered(id);
        } else if (!hold(answer.body().length())) {
            refuse(id, NO_ROOM);
            running.answered(id);
        } else if (!answers.send(id, answer, limits.maxHeaderBytes())) {
            refuse(id, "headers of the answer exceed " + limits.maxHeaderBytes() + " bytes");
            running.answered(id);
        }
        setReading();
    }

    /** Takes memory for an answer that is sent in parts. False if there is none. */
    private boolean hold(int bytes) {
        if (bytes <= CallFrameWriter.MAX_BODY) {
            return true;
        }
        boolean room = share.take(bytes);
        ofAnswers += room ? bytes : 0;
        return room;
    }

    private void letGo() {
        long waiting = gone ? 0 : answers.bytes();
        if (ofAnswers > waiting) {
            share.giveBack(ofAnswers - waiting);
            ofAnswers = waiting;
        }
    }

    private void written(int id) {
        running.answered(id);
        setReading();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        writer.endRead();
        if (!resting) {
            left = TURN;
        }
        deadline.read(reader.inside(), reader.frames());
        ctx.fireChannelReadComplete();
    }

    /** Who does not read his answers, or has had his turn, is not read. */
    @Override
    public boolean ready() {
        return left > 0 && !gone && !writer.full() && answers.bytes() <= 2L * limits.maxMessageBytes();
    }

    private void setReading() {
        letGo();
        boolean ready = ready();
        if (ready != out.channel().config().isAutoRead()) {
            out.channel().config().setAutoRead(ready);
        }
        if (left <= 0 && !resting) {
            resting = true;
            out.executor().schedule(this::goOn, 0, TimeUnit.NANOSECONDS); // unlike a task, not before the next look
        }
        if (ready && reader.held() && !feeding) {
            feed(Unpooled.EMPTY_BUFFER);
            writer.endRead();
        }
    }

    private void goOn() {
        resting = false;
        left = TURN;
        setReading();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        answers.write();
        writer.flush();
        setReading();
        ctx.fireChannelWritabilityChanged();
    }

    /** Asks the peer for no further calls; those that it sends before it has heard are served. May be called on any thread. */
    public void drain() {
        if (!out.executor().inEventLoop()) {
            out.executor().execute(this::drain);
        } else if (!closing && !gone) {
            closing = true;
            writer.text(CallFrameWriter.LAST, 0, "");
        }
    }

    /** A call may take as long as it likes; and whoever closes the listener waits for those that run. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ShutdownEvent) {
            drain();
        } else if (!(event instanceof IdleStateEvent) || running.isEmpty() || keepAlive != null) {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone = true;
        deadline.stop();
        if (keepAlive != null) {
            keepAlive.stop();
        }
        writer.release();
        reader.release();
        letGo();
        running.abandonAll();
        ctx.fireChannelInactive();
    }
}
