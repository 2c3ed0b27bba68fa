package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How streams flow between two ends of ours, and how they end. */
class StreamFlowTest {
    private static final int COUNT = 20_000;
    private static final Buffer BODY = Buffer.buffer(new byte[4096]);
    /** Two kernel buffers of at most 6 MiB, Netty's, a batch, one chunk, the inbox. */
    private static final int IN_FLIGHT = (2 * 6 * 1024 * 1024) / 4096 + 1000;

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);

    @AfterEach
    void stop() {
        Await.result(transport.close());
        Await.result(vertx.close());
    }

    private Socket open(SocketHandler handler) {
        return Await.result(transport.open(listen(handler), first(), CallContext.create()));
    }

    private String listen(SocketHandler handler) {
        return Await.result(transport.listener("127.0.0.1:0").onStream(handler).listen());
    }

    private static Message first() {
        return new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer());
    }

    /** Sends whenever there is room, and counts. */
    private static Future<Void> pour(Socket socket, AtomicInteger sent) {
        Promise<Void> all = Promise.promise();
        pour(socket, sent, all);
        return all.future();
    }

    private static void pour(Socket socket, AtomicInteger sent, Promise<Void> all) {
        while (sent.get() < COUNT) {
            Future<Void> room = socket.send(new Message(Metadata.EMPTY, BODY));
            sent.incrementAndGet();
            if (!room.isComplete()) {
                room.onComplete(more -> pour(socket, sent, all), all::tryFail);
                return;
            }
        }
        socket.end(Metadata.EMPTY);
        all.tryComplete();
    }

    /** Waits until a count stands still, which is the point: the writer must stop. */
    private void standsStill(AtomicInteger count) {
        int before = -1;
        while (before != count.get()) {
            before = count.get();
            Await.result(vertx.timer(300, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void aSlowCallerHoldsTheServerBack() {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger received = new AtomicInteger();
        Recording<Metadata> ends = new Recording<>();
        Socket client = open((first, socket, peer) -> pour(socket, sent));
        client.pause().onMessage(message -> received.incrementAndGet()).onEnd(ends);
        standsStill(sent);
        assertThat(sent.get()).isPositive().isLessThan(IN_FLIGHT);
        client.resume();
        ends.next();
        assertThat(received.get()).isEqualTo(COUNT);
    }

    @Test
    void aSlowServerHoldsTheCallerBack() {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger received = new AtomicInteger();
        Recording<Metadata> ends = new Recording<>();
        Recording<Socket> served = new Recording<>();
        Socket client = open((first, socket, peer) -> {
            socket.pause().onMessage(message -> received.incrementAndGet()).onEnd(ends);
            served.handle(socket);
        });
        Context context = vertx.getOrCreateContext();
        context.runOnContext(start -> pour(client, sent));
        Socket server = served.next();
        standsStill(sent);
        assertThat(sent.get()).isPositive().isLessThan(IN_FLIGHT);
        server.resume();
        ends.next();
        assertThat(received.get()).isEqualTo(COUNT);
    }

    @Test
    void holdsBackAlsoWhereMessagesMayBeOfAGibibyte() {
        HttpLimits large = HttpLimits.DEFAULTS.withMaxMessageBytes(1 << 30);
        Transport generous = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withLimits(large));
        Recording<Future<Void>> held = new Recording<>();
        String address = Await.result(generous.listener("127.0.0.1:0")
                .onStream((first, socket, peer) -> {
                    socket.pause();
                    fill(socket, held);
                })
                .listen());
        Socket client = Await.result(generous.open(address, first(), CallContext.create()));
        client.pause();
        assertThat(held.next()).as("room at the server").matches(room -> !room.failed());
        vertx.getOrCreateContext().runOnContext(start -> fill(client, held));
        assertThat(held.next()).as("room at the caller").matches(room -> !room.failed());
        Await.result(generous.close());
    }

    /** Sends until there is no room, or the send fails. */
    private static void fill(Socket socket, Recording<Future<Void>> held) {
        Future<Void> room = Future.succeededFuture();
        for (int i = 0; i < COUNT && room.succeeded(); i++) {
            room = socket.send(new Message(Metadata.EMPTY, BODY));
        }
        held.handle(room);
    }

    @Test
    void refusesMessagesOfAWriterThatDoesNotWait() {
        Recording<Socket> served = new Recording<>();
        Socket client = open((first, socket, peer) -> {
            socket.pause();
            served.handle(socket);
        });
        served.next();
        Future<Void> last = Future.succeededFuture();
        for (int i = 0; i < 100_000 && !last.failed(); i++) {
            last = client.send(new Message(Metadata.EMPTY, BODY));
        }
        assertThat(Await.failure(last).code()).isEqualTo(503);
    }

    @Test
    void endsWithAnErrorWhenTheServerDiesInTheMiddle() {
        NetServer dying = vertx.createNetServer().connectHandler(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none");
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntw").onComplete(written -> socket.close());
        });
        int port = Await.result(dying.listen(0, "127.0.0.1")).actualPort();
        Recording<Message> received = new Recording<>();
        Socket client = Await.result(transport.open("127.0.0.1:" + port, first(), CallContext.create()));
        client.onMessage(received);
        assertThat(received.next().body().toString()).isEqualTo("one");
        var error = Await.failure(client.closed());
        assertThat(error.id()).isEqualTo("go.micro.client.transport");
        assertThat(error.detail()).isEqualTo("unexpected EOF");
    }

    @Test
    void handsOverWhatCameBeforeAnError() {
        NetServer failing = vertx.createNetServer().connectHandler(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none");
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nMicro-Error: no more\r\n\r\n");
        });
        int port = Await.result(failing.listen(0, "127.0.0.1")).actualPort();
        Socket client = Await.result(transport.open("127.0.0.1:" + port, first(), CallContext.create()));
        Recording<Message> received = new Recording<>();
        client.pause().onMessage(received);
        Await.result(vertx.timer(200, TimeUnit.MILLISECONDS)); // for the error to arrive behind the message
        client.resume();
        assertThat(received.next().body().toString()).isEqualTo("one");
        assertThat(Await.failure(client.closed()).detail()).isEqualTo("no more");
    }

    @Test
    void tellsWhatAServerSaysThatSpeaksNoStreams() {
        NetServer other = vertx.createNetServer()
                .connectHandler(socket -> socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnope"));
        int port = Await.result(other.listen(0, "127.0.0.1")).actualPort();
        Socket client = Await.result(transport.open("127.0.0.1:" + port, first(), CallContext.create()));
        assertThat(Await.failure(client.closed()).detail()).isEqualTo("404 Not Found: nope");
    }

    /** As a Go server does: silent after it has read the end, and an error for what comes then. */
    @Test
    void asksAServerThatEndsWithoutAWordWhetherItHas() {
        NetServer silent = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    if (bytes.toString().contains(EndProbe.HEADER)) {
                        String error = "Micro-Error: rpc: can't find service MicroStreamEnd\r\n";
                        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + error + "\r\n");
                    }
                }));
        int port = Await.result(silent.listen(0, "127.0.0.1")).actualPort();
        Socket client = Await.result(transport.open("127.0.0.1:" + port, first(), CallContext.create()));
        Recording<Metadata> ends = new Recording<>();
        client.onEnd(ends);
        client.end(Metadata.EMPTY);
        ends.next();
        Await.result(client.closed());
    }
}
