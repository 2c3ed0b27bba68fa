package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller's connection of one stream, which carries nothing else (go-micro {@code client/rpc_client.go}, {@code stream}).
 * Runs on the context of the caller.
 */
final class HttpOpening implements HttpStream.Carrier, FrameReader.Sink, FrameWriter.Output {
    private static final AtomicLong IDS = new AtomicLong();

    private final String address;
    private final ContextInternal context;
    private final HttpTransportOptions options;
    private final Message first;
    private final Promise<Socket> promise;
    private final FrameWriter writer;
    private final HttpStream stream;
    private volatile @Nullable NetSocket socket;
    private volatile @Nullable EndProbe probe;
    private Runnable unhook = () -> {};

    HttpOpening(String address, ContextInternal context, HttpTransportOptions options, Message first) {
        this.address = address;
        this.context = context;
        this.options = options;
        this.promise = context.promise();
        Metadata given = first.headers();
        Metadata base = given.contains(Headers.STREAM)
                ? given
                : given.with(Headers.STREAM, given.value(Headers.ID, "s" + IDS.getAndIncrement()));
        this.first = new Message(base, first.body());
        String startLine = "POST / HTTP/1.1\r\nHost: " + address + "\r\nUser-Agent: vertx-micro\r\n";
        this.writer = new FrameWriter(
                startLine, context.nettyEventLoop(), this, 2 * options.limits().maxMessageBytes());
        this.stream = new HttpStream(context, this, base);
    }

    /** Connects on the context of the caller: heard of later, the first bytes of the server would come before their handler. */
    Future<Socket> start(Supplier<Future<NetSocket>> connect, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            cancel(cancellation.cause());
        }
        unhook = cancellation.onCancel(() -> cancel(cancellation.cause()));
        context.emit(connect, dial -> dial.get().onComplete(this::connected, this::notConnected));
        return promise.future();
    }

    private void cancel(MicroException cause) {
        promise.tryFail(cause);
        stream.reset(cause);
    }

    private void connected(NetSocket made) {
        if (promise.future().isComplete()) {
            made.close();
            return;
        }
        socket = made;
        FrameReader reader = new FrameReader(
                options.limits().maxHeaderBytes(), options.limits().maxMessageBytes(), this);
        made.handler(chunk -> feed(reader, chunk))
                .endHandler(end -> lost(reader))
                .exceptionHandler(broken -> {}) // the end comes after it
                .drainHandler(drained -> writer.drained());
        Future<Void> sent = writer.write(first.headers(), first.body(), context::promise);
        if (sent.failed()) {
            unhook.run();
            made.close();
            promise.tryFail(sent.cause());
            return;
        }
        promise.tryComplete(stream);
    }

    private void notConnected(Throwable cause) {
        unhook.run();
        promise.tryFail(HttpCall.dialError(address, cause));
    }

    private void feed(FrameReader reader, Buffer chunk) {
        try {
            reader.feed(chunk);
        } catch (FrameException malformed) {
            broken(malformed.getMessage() + " from " + address);
        }
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
            broken(head.status() + ": " + text.strip());
        }
    }

    private void broken(String why) {
        stream.connectionLost(error(why), true);
        writer.close();
    }

    private void lost(FrameReader reader) {
        MicroException gone = error(reader.inside() ? "unexpected EOF" : "EOF");
        writer.gone(gone);
        stopAsking();
        stream.connectionLost(gone, true);
    }

    private void stopAsking() {
        EndProbe asking = probe;
        if (asking != null) {
            asking.stop();
        }
    }

    private static MicroException error(String why) {
        return MicroException.internal("go.micro.client.transport", why).withoutStackTrace();
    }

    @Override
    public FrameWriter writer() {
        return writer;
    }

    @Override
    public void reading(boolean on) {
        NetSocket open = socket;
        if (open == null) {
            return;
        }
        if (on) {
            open.resume();
        } else {
            open.pause();
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
        unhook.run();
        writer.close();
    }

    @Override
    public void write(Buffer bytes) {
        NetSocket open = socket;
        if (open != null) {
            open.write(bytes);
        }
    }

    @Override
    public boolean full() {
        NetSocket open = socket;
        return open != null && open.writeQueueFull();
    }

    @Override
    public void close() {
        NetSocket open = socket;
        if (open != null) {
            open.close();
        }
    }
}
