package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that sends and does not read is not read, whatever it is that it provokes. */
class StreamFloodTest {
    private static final long OFFERED = 64L << 20;
    /** Two kernel buffers of at most 6 MiB, and what is read before the first answer waits. */
    private static final long TAKEN = 16L << 20;

    private static final long PATIENCE_MILLIS = 1500;
    private static final String OPEN = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nMicro-Stream: 0\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);

    @AfterEach
    void stop() {
        Await.result(transport.close());
        Await.result(vertx.close());
    }

    private static String opening(int stream) {
        return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nMicro-Stream: " + stream + "\r\n\r\n";
    }

    private static String message(int stream, int length) {
        return "POST / HTTP/1.1\r\nContent-Length: " + length + "\r\nMicro-Stream: " + stream + "\r\n\r\n"
                + "x".repeat(length);
    }

    private static String request(int length) {
        return "POST / HTTP/1.1\r\nContent-Length: " + length + "\r\nMicro-Id: 1\r\n\r\n" + "x".repeat(length);
    }

    /** Opens a stream, then sends a flood over and over until none of it is taken for a while. */
    private long taken(SocketHandler handler, String flood) throws Exception {
        return taken(handler, OPEN, flood);
    }

    private long taken(SocketHandler handler, String before, String flood) throws Exception {
        String address = Await.result(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> Future.succeededFuture(request))
                .onStream(handler)
                .listen());
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                Selector selector = Selector.open()) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
            channel.write(ByteBuffer.wrap(before.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_WRITE);
            ByteBuffer bytes = ByteBuffer.wrap(flood.getBytes(StandardCharsets.US_ASCII));
            long total = 0;
            while (total < OFFERED && selector.select(PATIENCE_MILLIS) > 0) {
                selector.selectedKeys().clear();
                total += channel.write(bytes);
                if (!bytes.hasRemaining()) {
                    bytes.rewind();
                }
            }
            return total;
        }
    }

    private static void serve(Message first, Socket socket, Peer peer) {
        socket.onMessage(message -> socket.send(message));
    }

    @Test
    void openingsBeyondTheLimit() throws Exception {
        StringBuilder allowed = new StringBuilder();
        for (int i = 0; i < ServerStreams.MAX_STREAMS; i++) {
            allowed.append(opening(i));
        }
        String flood = opening(ServerStreams.MAX_STREAMS).repeat(1000);
        assertThat(taken(StreamFloodTest::serve, allowed.toString(), flood)).isLessThan(TAKEN);
    }

    @Test
    void openingsThatAreRefused() throws Exception {
        StringBuilder flood = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            flood.append(opening(i));
        }
        MicroException no = MicroException.of("test", 418, "no").withoutStackTrace();
        assertThat(taken((first, socket, peer) -> socket.reset(no), flood.toString()))
                .isLessThan(TAKEN);
    }

    @Test
    void requestsBesideAStream() throws Exception {
        assertThat(taken(StreamFloodTest::serve, request(1000).repeat(100))).isLessThan(TAKEN);
        assertThat(taken(StreamFloodTest::serve, request(0).repeat(1000))).isLessThan(TAKEN);
    }

    @Test
    void messagesThatAreEchoedByAHandlerThatDoesNotWait() throws Exception {
        assertThat(taken(StreamFloodTest::serve, message(0, 10_000).repeat(10))).isLessThan(TAKEN);
    }

    @Test
    void largeMessagesToAHandlerThatDoesNotTakeThem() throws Exception {
        assertThat(taken((first, socket, peer) -> socket.pause(), message(0, 1 << 20)))
                .isLessThan(TAKEN);
    }

    @Test
    void requestsThatAreNeverAnsweredAreRefusedBeyondTheLimit() throws Exception {
        String address = Await.result(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) ->
                        Promise.<Message>promise().future())
                .onStream(StreamFloodTest::serve)
                .listen());
        try (RawConnection raw = new RawConnection(address)) {
            raw.send(OPEN).send(request(10).repeat(ServerStreams.MAX_STREAMS + 1));
            assertThat(raw.read().header("Micro-Error")).contains("too many calls on a connection");
        }
    }
}
