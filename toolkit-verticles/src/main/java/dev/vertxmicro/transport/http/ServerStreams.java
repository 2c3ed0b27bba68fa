package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.StreamHandler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The streams of one connection that a server took over, told apart by {@code Micro-Stream} as in go-micro
 * {@code server/rpc_server.go}. A request without that header is answered as any other, out of order.
 */
final class ServerStreams implements HttpStream.Carrier, FrameReader.Sink {
    static final int MAX_STREAMS = 1000;

    private final ContextInternal serving;
    private final StreamHandler streamHandler;
    private final RequestHandler requestHandler;
    private final Peer peer;
    private final FrameWriter writer;
    private final Consumer<Boolean> autoRead;
    private final Map<String, HttpStream> streams = new ConcurrentHashMap<>();
    private final AtomicInteger full = new AtomicInteger();
    private final Cancellation connection = new Cancellation();

    /**
     * Makes the streams of a connection.
     *
     * @param serving  runs the handlers
     * @param handlers who serves
     * @param peer     its two ends
     * @param writer   writes for all of them
     * @param autoRead switches reading
     */
    ServerStreams(
            ContextInternal serving, Handlers handlers, Peer peer, FrameWriter writer, Consumer<Boolean> autoRead) {
        this.serving = serving;
        this.streamHandler = handlers.streams();
        this.requestHandler = handlers.requests();
        this.peer = peer;
        this.writer = writer;
        this.autoRead = autoRead;
    }

    /** Who serves what a listener takes. */
    record Handlers(StreamHandler streams, RequestHandler requests) {}

    @Override
    public FrameWriter writer() {
        return writer;
    }

    @Override
    public void frame(FrameHead head, Buffer body) {
        Metadata headers = head.headers();
        String id = headers.value(Headers.STREAM, "");
        HttpStream stream = id.isEmpty() ? null : streams.get(id);
        if (headers.contains(EndProbe.HEADER)) {
            return; // the end of each of our streams is told anyway
        }
        if (stream != null) {
            stream.received(headers, body, false);
        } else if (headers.contains(Headers.STREAM)
                && !headers.value(Headers.ERROR, "").isEmpty()) {
            return; // the end of a stream that is over already
        } else if (!id.isEmpty() && streamHandler.opens(headers)) {
            open(id, new Message(headers, body));
        } else {
            request(new Message(headers, body));
        }
    }

    private void open(String id, Message first) {
        Metadata base = Metadata.builder(2)
                .add(Headers.ID, first.headers().value(Headers.ID, id))
                .add(Headers.STREAM, id)
                .build();
        if (streams.size() >= MAX_STREAMS) {
            MicroException refusal = MicroException.unavailable(
                    "go.micro.transport", "too many streams on a connection (limit: " + MAX_STREAMS + ")");
            writer.writeLast(base.with(Headers.ERROR, refusal.getMessage()), Buffer.buffer());
            return;
        }
        ContextInternal context = serving.duplicate();
        HttpStream stream = new HttpStream(context, this, base);
        streams.put(id, stream);
        stream.closed().onComplete(closed -> streams.remove(id, stream));
        context.emit(stream, opened -> serve(first, opened));
    }

    private void serve(Message first, HttpStream stream) {
        try {
            streamHandler.handle(first, stream, peer);
        } catch (RuntimeException | Error e) {
            stream.threw(e);
        }
    }

    /** Each request has its own cancellation: its deadline is nobody else's. */
    private void request(Message message) {
        Cancellation own = new Cancellation();
        Runnable unhook = connection.onCancel(() -> own.cancel(connection.cause()));
        serving.duplicate().emit(message, taken -> requestHandler
                .handle(taken, peer, own)
                .onComplete(done -> unhook.run())
                .onSuccess(answer -> writer.write(answer.headers(), answer.body(), serving::promise)));
    }

    @Override
    public void reading(boolean on) {
        int now = on ? full.decrementAndGet() : full.incrementAndGet();
        if (now == 0 || (now == 1 && !on)) {
            autoRead.accept(on);
        }
    }

    @Override
    public void halfClosed() {
        // the caller ends in its own time
    }

    @Override
    public void over(HttpStream stream) {
        streams.values().remove(stream);
    }

    /** Tells whether no stream is open. */
    boolean idle() {
        return streams.isEmpty();
    }

    /** Ends all streams with an error that their callers are told. */
    void refuse(MicroException reason) {
        List.copyOf(streams.values()).forEach(stream -> stream.reset(reason));
        writer.close();
    }

    /** The connection is gone. */
    void lost() {
        MicroException gone =
                MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace();
        writer.gone(gone);
        connection.cancel(gone);
        List.copyOf(streams.values()).forEach(stream -> stream.connectionLost(gone, false));
        streams.clear();
    }
}
