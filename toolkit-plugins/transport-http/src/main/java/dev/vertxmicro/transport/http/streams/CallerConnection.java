package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.http.frames.FrameHead;
import dev.vertxmicro.transport.http.frames.FrameReader;
import dev.vertxmicro.transport.http.frames.FrameWriter;
import dev.vertxmicro.transport.http.frames.HeadParser;
import dev.vertxmicro.transport.http.wire.AnswerCheck;
import dev.vertxmicro.transport.http.wire.FrameDeadline;
import dev.vertxmicro.transport.http.wire.FrameException;
import dev.vertxmicro.transport.http.wire.HttpStatus;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SilenceWatch;
import dev.vertxmicro.transport.http.wire.TcpKeepAlive;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The caller's connection of one stream, which carries nothing else (go-micro {@code client/rpc_client.go}, {@code stream}).
 * Whatever goes wrong here ends the stream with an error, and the server is told. Runs on the context of the caller.
 */
final class CallerConnection implements HttpStream.Carrier, FrameReader.Sink, FrameWriter.Output {
    private static final System.Logger LOG = System.getLogger(CallerConnection.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);
    private static final RareWarning LOST = RareWarning.of(LOG);

    /** A socket and what belongs to it. */
    private record Open(
            NetSocket socket,
            ChannelHandlerContext channel,
            FrameDeadline deadline,
            StreamKeepAlive keepAlive,
            SilenceWatch watch) {}

    private final String address;
    private final ContextInternal context;
    private final EventLoop loop;
    private final MessageLimits limits;
    private final SilenceWatch.Means keepAlive;
    private final String startLine;
    private final Message first;
    private final Runnable onOver;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final HttpStream stream;
    private volatile @Nullable Open open;
    private volatile @Nullable EndProbe probe;
    private volatile boolean broken;

    /**
     * Makes the connection, which is to be begun.
     *
     * @param address of the server
     * @param context of the caller
     * @param limits  of what comes
     * @param keepAlive how it is noticed that it leads nowhere
     * @param budget  counts what waits
     * @param first   opens the stream, which its headers name
     * @param onOver  run when the stream is over
     */
    CallerConnection(
            String address,
            ContextInternal context,
            MessageLimits limits,
            SilenceWatch.Means keepAlive,
            MemoryBudget budget,
            Message first,
            Runnable onOver) {
        this.address = address;
        this.context = context;
        this.loop = context.nettyEventLoop();
        this.limits = limits;
        this.keepAlive = keepAlive;
        this.first = first;
        this.onOver = onOver;
        this.startLine = "POST / HTTP/1.1\r\nHost: " + address + "\r\nUser-Agent: vertx-micro\r\n";
        this.writer = new FrameWriter(startLine, loop, this, 2L * limits.maxMessageBytes(), budget.share());
        this.reader = new FrameReader(limits.maxHeaderBytes(), limits.maxMessageBytes(), budget.share(), this);
        this.stream = new HttpStream(context, this, first.headers(), budget.share());
    }

    HttpStream stream() {
        return stream;
    }

    /**
     * Takes the socket and sends the first message.
     *
     * @return fails if it cannot be written
     * @throws IllegalArgumentException if a header cannot be one of HTTP
     */
    Future<Void> begin(NetSocket socket) {
        ChannelHandlerContext channel = NettyPipeline.of(socket);
        TcpKeepAlive.on(channel.channel(), keepAlive.settings());
        StreamKeepAlive alive = new StreamKeepAlive(channel.channel(), keepAlive.settings(), this::beat, this::dead);
        alive.before(channel);
        open = new Open(
                socket,
                channel,
                new FrameDeadline(channel.channel(), limits.readTimeout(), this::late),
                alive,
                SilenceWatch.stream(channel, keepAlive, this::silent));
        socket.handler(this::feed)
                .endHandler(end -> lost())
                .closeHandler(closed -> gone())
                .exceptionHandler(failure -> {}) // the end comes after it
                .drainHandler(drained -> writer.drained());
        String offer = StreamKeepAlive.offer(keepAlive.settings());
        Metadata headers = first.headers();
        return writer.write(
                offer.isEmpty() ? headers : headers.with(StreamKeepAlive.HEADER, offer),
                first.body(),
                context::promise);
    }

    private void beat() {
        write(
                Buffer.buffer(startLine + StreamKeepAlive.HEADER + ": " + StreamKeepAlive.offer(keepAlive.settings())
                        + "\r\nContent-Length: 0\r\n\r\n"),
                () -> {});
    }

    private void dead() {
        Open now = open;
        if (now != null) {
            silent("no sign of life from " + address + " for "
                    + now.keepAlive().limit().toMillis() + " ms");
        }
    }

    private void silent(String why) {
        Open now = open;
        if (now != null) {
            LOST.warn("http: stream connection closed: " + why);
            context.emit(stream, waiting -> waiting.connectionLost(error(why), true));
            now.socket().close();
        }
    }

    private void alive(String text) {
        Open now = open;
        if (now != null) {
            loop.execute(() -> {
                if (now.keepAlive().heard(text)) {
                    now.watch().leave();
                }
            });
        }
    }

    private void feed(Buffer chunk) {
        try {
            reader.feed(chunk);
            watch();
        } catch (FrameException malformed) {
            boolean nothing = reader.frames() == 0 && HeadParser.NO_HTTP.equals(malformed.getMessage());
            broken(
                    nothing ? AnswerCheck.noHttp(address) : malformed.getMessage() + " from " + address,
                    malformed.fault());
        } catch (MicroException tooMuch) {
            broken(tooMuch.detail(), Fault.CALLER);
        } catch (Throwable e) {
            FAILED.error("http: stream connection failed", e);
            broken("stream connection failed", Fault.CALLER);
        }
    }

    /** A message that has begun must come to its end in time. */
    private void watch() {
        Open now = open;
        boolean inside = reader.inside();
        long frames = reader.frames();
        if (now == null) {
            return;
        }
        if (loop.inEventLoop()) {
            now.deadline().read(inside, frames);
        } else {
            loop.execute(() -> now.deadline().read(inside, frames));
        }
    }

    private void late() {
        context.emit(stream, waiting -> {
            if (!waiting.full()) { // else we do not read
                broken("message took too long to arrive", Fault.BROKEN);
            }
        });
    }

    @Override
    public void frame(FrameHead head, Buffer body) {
        EndProbe asking = probe;
        if (asking != null && EndProbe.isAnswer(head.headers().value(Headers.ERROR, ""))) {
            stream.received(Metadata.of(Headers.ERROR, HttpStream.EOS), body, true);
        } else if (head.status().startsWith("200")) {
            if (asking != null) {
                asking.heard();
            }
            stream.received(head.headers(), body, true);
        } else if (!head.status().startsWith("1")) {
            String text = body.getString(0, Math.min(body.length(), 1024), StandardCharsets.UTF_8.name());
            String line = head.status() + ": " + text.strip();
            broken(line, HttpStatus.fault(line));
        } else if (head.headers().contains(StreamKeepAlive.HEADER)) {
            alive(head.headers().value(StreamKeepAlive.HEADER, ""));
        }
    }

    /** Ends the stream after what has come, and tells the server why. */
    private void broken(String why, Fault fault) {
        if (broken) {
            return;
        }
        broken = true;
        reader.stop();
        MicroException error = error(why).withFault(fault);
        if (!stream.endSent()) {
            Metadata last = first.headers().with(Headers.ERROR, MicroException.text(error));
            writer.writeLast(last, Buffer.buffer());
        }
        writer.close();
        stream.connectionLost(error, true);
    }

    /** All that came has been read. */
    private void lost() {
        boolean inside = reader.inside();
        reader.stop();
        Open now = open;
        boolean silent =
                !inside && reader.frames() == 0 && now != null && !now.socket().isSsl();
        String why = silent ? AnswerCheck.unanswered(address) : "EOF";
        stream.connectionLost(error(inside ? "unexpected EOF" : why), true);
    }

    /** Nothing can be sent any more, whatever there is to read. */
    private void gone() {
        Open now = open;
        if (now != null) {
            now.deadline().stop();
        }
        stopAsking();
        writer.gone(error("EOF"));
    }

    private void stopAsking() {
        EndProbe asking = probe;
        if (asking != null) {
            asking.stop();
        }
    }

    private static MicroException error(String why) {
        return MicroException.internal("go.micro.client.transport", why).withFault(Fault.BROKEN);
    }

    @Override
    public FrameWriter writer() {
        return writer;
    }

    @Override
    public void flow(HttpStream changed) {
        loop.execute(this::settle);
    }

    /** What is true of the stream when this runs counts, whatever it was when it was called. */
    private void settle() {
        Open now = open;
        if (now == null) {
            return;
        }
        if (stream.full() && !broken) {
            now.socket().pause();
        } else {
            now.socket().resume();
            context.emit(this, resumed -> watch());
        }
    }

    @Override
    public void halfClosed() {
        EndProbe asking = new EndProbe(context, writer, first.headers());
        probe = asking;
        asking.start();
    }

    @Override
    public void over(HttpStream ended) {
        stopAsking();
        onOver.run();
        writer.close();
    }

    @Override
    public void write(Buffer bytes, Runnable written) {
        Open now = open;
        if (now == null) {
            written.run();
        } else {
            now.socket().write(bytes).onComplete(done -> written.run());
        }
    }

    @Override
    public boolean full() {
        Open now = open;
        return now != null && now.socket().writeQueueFull();
    }

    @Override
    public void flushed() {
        // reading goes on: two ends that both stopped while they wrote would wait for each other
    }

    @Override
    public void close() {
        Open now = open;
        if (now == null) {
            return;
        }
        if (broken) {
            now.socket().resume();
            LingeringClose.of(now.channel());
        } else {
            now.socket().close();
        }
    }

    @Override
    public void abort() {
        Open now = open;
        if (now != null) {
            now.socket().close();
        }
    }
}
