package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A failed call says whose fault it was. */
class WhoseFaultTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpTransportOptions options = HttpTransportOptions.DEFAULTS.withLimits(
            HttpTransportOptions.DEFAULTS.limits().withMaxMessageBytes(1000));
    private final Transport transport = HttpTransport.create(vertx, options);
    private final Cancellation cancellation = new Cancellation();
    private final Recording<String> asked = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Future<Message> call(String address, int bytes) {
        Message message = new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
        return transport.request(address, message, CallContext.create().withCancellation(cancellation));
    }

    private static MicroException failure(Future<?> call) {
        return Await.failure(call);
    }

    private String serve(Consumer<NetSocket> onRequest) {
        return "127.0.0.1:"
                + Await.result(vertx.createNetServer()
                                .connectHandler(socket -> socket.handler(bytes -> {
                                    asked.handle("asked");
                                    onRequest.accept(socket);
                                }))
                                .listen(0, "127.0.0.1"))
                        .actualPort();
    }

    private String serve(String answer) {
        return serve(socket -> socket.write(answer));
    }

    private String echo() {
        Listener listener = transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancelled) ->
                        Future.succeededFuture(new Message(Metadata.EMPTY, Buffer.buffer("ok"))));
        return Await.result(listener.listen());
    }

    @Test
    void whatIsTooLargeIsTheCallersOwn() {
        String address = echo();
        assertThat(failure(call(address, 1001)).fault()).isEqualTo(Fault.CALLER);
        for (int i = 0; i < 20; i++) {
            assertThat(Await.result(call(address, 1000)).body().toString()).isEqualTo("ok");
        }
        assertThat(failure(call(address, 1001)).fault()).as("multiplexed").isEqualTo(Fault.CALLER);
    }

    @Test
    void aConnectionThatIsRefusedIsTheNodesAndNeverLeft() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        MicroException refused = failure(call("127.0.0.1:" + port, 1));
        assertThat(refused.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(refused.retryable()).isTrue();
    }

    @Test
    void anAddressThatIsNoneIsTheNodes() {
        assertThat(failure(call("nowhere", 1)).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void aConnectionThatBreaksIsTheNodes() {
        assertThat(failure(call(serve(NetSocket::close), 1)).fault()).isEqualTo(Fault.BROKEN);
        assertThat(failure(call(serve("SSH-2.0-nothing\r\n"), 1)).fault()).isEqualTo(Fault.BROKEN);
        assertThat(failure(call(serve("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), 1))
                        .fault())
                .isEqualTo(Fault.BROKEN);
    }

    @Test
    void anAnswerThatBreaksOffIsTheNodes() {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it";
        String address = serve(socket -> socket.write(half).onComplete(written -> socket.close()));
        MicroException broken = failure(call(address, 1));
        assertThat(broken.fault()).isEqualTo(Fault.BROKEN);
        assertThat(broken.retryable()).isFalse();
        assertThat(broken.detail())
                .isEqualTo("unexpected EOF: " + address + " closed the connection in the midst of its answer");
        String chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf of it";
        assertThat(failure(call(serve(socket -> socket.write(chunk).onComplete(written -> socket.close())), 1))
                        .fault())
                .isEqualTo(Fault.BROKEN);
    }

    @Test
    void anAnswerThatStopsHalfWayOrDripsSaysAsMuchAsSilence() {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it";
        assertThat(faultOfACallThatIsGivenUpAfter200Millis(serve(half))).isEqualTo(Fault.UNKNOWN);
        String dripping = serve(socket -> {
            socket.write(half);
            vertx.setPeriodic(20, drop -> socket.write("."));
        });
        assertThat(faultOfACallThatIsGivenUpAfter200Millis(dripping)).isEqualTo(Fault.UNKNOWN);
    }

    @Test
    void anAnswerThatIsOnItsWayWhenTheTimeIsOverIsNobodys() {
        String much = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(999);
        String address = serve(socket -> socket.write(much));
        Future<Message> call = transport.request(
                address,
                new Message(Metadata.EMPTY, Buffer.buffer()),
                CallContext.create().withCancellation(cancellation));
        Await.result(vertx.timer(50, TimeUnit.MILLISECONDS));
        cancellation.cancel(MicroException.timeout("test", "over"));
        assertThat(failure(call).fault()).isEqualTo(Fault.NOBODY);
    }

    private Fault faultOfACallThatIsGivenUpAfter200Millis(String address) {
        Cancellation late = new Cancellation();
        Message message = new Message(Metadata.EMPTY, Buffer.buffer());
        Future<Message> call =
                transport.request(address, message, CallContext.create().withCancellation(late));
        asked.next();
        Await.result(vertx.timer(200, TimeUnit.MILLISECONDS));
        late.cancel(MicroException.timeout("test", "over"));
        return failure(call).fault();
    }

    @Test
    void aNodeThatHasAnsweredBeforeIsNotTakenForOneThatSpeaksTls() {
        AtomicBoolean dying = new AtomicBoolean();
        String address = serve(socket -> {
            if (dying.getAndSet(true)) {
                socket.close();
            } else {
                socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
            }
        });
        Await.result(call(address, 1));
        assertThat(failure(call(address, 1)).detail())
                .isEqualTo("EOF: " + address + " closed the connection before it answered");
        assertThat(failure(call(serve(NetSocket::close), 1)).detail()).contains("as a node that speaks TLS does");
    }

    @Test
    void namesTheHostThatDoesNotResolve() {
        assertThat(failure(call("no-such-host.invalid:8080", 1)).detail())
                .isEqualTo("connection error: dial tcp no-such-host.invalid:8080: lookup no-such-host.invalid: no such"
                        + " host");
    }

    @Test
    void whatTheNodeSaysItDidNotTakeMayBeTriedElsewhere() {
        MicroException marked = failure(call(
                serve("HTTP/1.1 503 Service Unavailable\r\nMicro-Not-Taken: true\r\nContent-Length: 0\r\n\r\n"), 1));
        assertThat(marked.fault()).isEqualTo(Fault.NOT_TAKEN);
        assertThat(marked.retryable()).isTrue();
        MicroException unmarked =
                failure(call(serve("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"), 1));
        assertThat(unmarked.retryable()).isFalse();
    }

    @Test
    void silenceIsNotKnownToBeAnybodysYet() {
        Future<Message> call = call(serve(""), 1);
        asked.next();
        cancellation.cancel(MicroException.timeout("test", "over"));
        assertThat(failure(call).fault()).isEqualTo(Fault.UNKNOWN);
    }

    @Test
    void aConnectionThatIsNotThereInTimeIsTheNodes() throws IOException {
        List<SocketChannel> backlog = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                SocketChannel waiting = SocketChannel.open();
                backlog.add(waiting);
                waiting.configureBlocking(false);
                waiting.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.getLocalPort()));
            }
            Future<Message> call = call("127.0.0.1:" + deaf.getLocalPort(), 1);
            cancellation.cancel(MicroException.timeout("test", "over"));
            assertThat(failure(call).fault()).isEqualTo(Fault.UNREACHABLE);
        } finally {
            for (SocketChannel waiting : backlog) {
                waiting.close();
            }
        }
    }
}
