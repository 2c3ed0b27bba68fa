package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.http.frames.FrameHead;
import dev.vertxmicro.transport.http.frames.FrameReader;
import dev.vertxmicro.transport.http.frames.FrameWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams of one connection that a server took over, told apart by {@code Micro-Stream} as in go-micro
 * {@code server/rpc_server.go}. A request without that header is answered as any other, out of order.
 */
public final class ServerStreams implements HttpStream.Carrier, FrameReader.Sink {
    static final int MAX_STREAMS = 1000;

    private static final String ID = "go.micro.transport";

    private final ContextInternal serving;
    private final SocketHandler streamHandler;
    private final RequestHandler requestHandler;
    private final Peer peer;
    private final StreamConnection connection;
    private final FrameWriter writer;
    private final Map<String, HttpStream> streams = new ConcurrentHashMap<>();
    private final Set<ServedRequest> requests = ConcurrentHashMap.newKeySet();
    // These belong to the event loop of the connection.
    private final Set<HttpStream> full = new HashSet<>();
    private boolean reading = true;

    /**
     * Makes the streams of a connection.
     *
     * @param serving    runs the handlers
     * @param handlers   who serves
     * @param peer       its two ends
     * @param connection carries them
     */
    public ServerStreams(ContextInternal serving, Handlers handlers, Peer peer, StreamConnection connection) {
        this.serving = serving;
        this.streamHandler = handlers.streams();
        this.requestHandler = handlers.requests();
        this.peer = peer;
        this.connection = connection;
        this.writer = connection.writer();
    }

    /** Who serves what a listener takes. */
    public record Handlers(SocketHandler streams, RequestHandler requests) {}

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
        } else if (id.isEmpty() && headers.contains(StreamKeepAlive.HEADER)) {
            connection.keepAlive().heard(headers.value(StreamKeepAlive.HEADER, ""));
        } else {
            request(new Message(headers, body));
        }
    }

    private void open(String id, Message opening) {
        Message first = offered(opening);
        if (streams.size() >= MAX_STREAMS) {
            turnAway(first.headers(), tooMany("streams"));
            return;
        }
        ContextInternal context = serving.duplicate();
        HttpStream stream = new HttpStream(
                context, this, base(first.headers()), connection.budget().share());
        streams.put(id, stream);
        stream.closed().onComplete(closed -> streams.remove(id, stream));
        context.emit(stream, opened -> serve(first, opened));
    }

    /** A handler gets to see nothing of it. */
    private Message offered(Message opening) {
        Metadata headers = opening.headers();
        String offer = headers.value(StreamKeepAlive.HEADER, "");
        if (offer.isEmpty()) {
            return opening;
        }
        connection.keepAlive().offered(offer);
        Metadata others = Metadata.builder(headers.size())
                .addAll(headers)
                .remove(StreamKeepAlive.HEADER)
                .build();
        return new Message(others, opening.body());
    }

    private static MicroException tooMany(String what) {
        return MicroException.unavailable(ID, "too many " + what + " on a connection (limit: " + MAX_STREAMS + ")")
                .withoutStackTrace();
    }

    private static Metadata base(Metadata opening) {
        String id = opening.value(Headers.STREAM, "");
        return Metadata.builder(2)
                .add(Headers.ID, opening.value(Headers.ID, id))
                .add(Headers.STREAM, id)
                .build();
    }

    /** Says no to a message that opens a stream. */
    void turnAway(Metadata opening, MicroException why) {
        writer.writeLast(base(opening).with(Headers.ERROR, MicroException.text(why)), Buffer.buffer());
    }

    private void serve(Message first, HttpStream stream) {
        try {
            streamHandler.handle(first, stream, peer);
        } catch (Throwable e) {
            stream.threw(e);
        }
    }

    /** Each request has its own cancellation: its deadline is nobody else's. */
    private void request(Message message) {
        ServedRequest request = new ServedRequest(message, connection.budget().share(), this::answer);
        if (requests.size() >= MAX_STREAMS) {
            request.refuse(tooMany("calls"));
        } else if (!request.fits()) {
            request.refuseForMemory();
        } else {
            requests.add(request);
            serving.duplicate().emit(request, taken -> taken.serve(requestHandler, peer));
        }
    }

    private boolean answer(ServedRequest request, Message answer) {
        requests.remove(request);
        return writer.writeAnswer(answer.headers(), answer.body());
    }

    @Override
    public void flow(HttpStream stream) {
        if (connection.loop().inEventLoop()) {
            settle(stream);
        } else {
            connection.loop().execute(() -> settle(stream));
        }
    }

    /** What is true of a stream when this runs counts, whatever it was when it was called. */
    private void settle(HttpStream stream) {
        if (stream.full()) {
            full.add(stream);
        } else {
            full.remove(stream);
        }
        adjustReading();
    }

    /** Reads while there is room for what comes, and while the peer takes what it is answered. On the event loop. */
    void adjustReading() {
        boolean wanted = full.isEmpty() && !writer.full();
        if (wanted != reading) {
            reading = wanted;
            connection.reading(wanted);
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

    /** Tells whether nothing runs. */
    boolean idle() {
        return streams.isEmpty() && requests.isEmpty();
    }

    /** Ends all streams with an error that their callers are told, then the connection. */
    public void refuse(MicroException reason) {
        List.copyOf(streams.values()).forEach(stream -> stream.reset(reason));
        writer.close();
    }

    /** The connection is gone. */
    void lost() {
        MicroException gone =
                MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace();
        writer.gone(gone);
        requests.forEach(request -> request.cancel(gone));
        requests.clear();
        List.copyOf(streams.values()).forEach(stream -> stream.connectionLost(gone, false));
        streams.clear();
    }
}
