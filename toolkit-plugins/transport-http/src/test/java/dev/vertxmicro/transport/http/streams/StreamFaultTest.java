package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream that ends after its opening says whose fault that was. */
class StreamFaultTest {
    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(
            vertx, HttpTransportOptions.DEFAULTS.withLimits(HttpLimits.DEFAULTS.withMaxMessageBytes(1000)));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** Opens a stream at a server that does something once the opening has come. */
    private Socket open(Consumer<NetSocket> onOpening) {
        int port = Await.result(vertx.createNetServer()
                        .connectHandler(socket -> socket.handler(opening -> {
                            socket.handler(more -> {});
                            onOpening.accept(socket);
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        Message first = new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer());
        return Await.result(transport.open("127.0.0.1:" + port, first, CallContext.create()))
                .onMessage(message -> {});
    }

    private MicroException failure(Consumer<NetSocket> onOpening) {
        return Await.failure(open(onOpening).closed());
    }

    private MicroException failure(String answer) {
        return failure(socket -> socket.write(answer));
    }

    @Test
    void aConnectionThatEndsWithoutAnEndOfTheStreamIsTheNodes() {
        assertThat(failure(NetSocket::close).fault()).isEqualTo(Fault.BROKEN);
        assertThat(failure(socket -> {
                            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                            socket.close();
                        })
                        .fault())
                .isEqualTo(Fault.BROKEN);
    }

    @Test
    void whatIsNoAnswerIsTheNodes() {
        assertThat(failure("SSH-2.0-nothing\r\n\r\n").fault()).isEqualTo(Fault.BROKEN);
        assertThat(failure("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                        .fault())
                .isEqualTo(Fault.BROKEN);
    }

    @Test
    void whatIsTooLargeForTheCallerIsHisOwn() {
        assertThat(failure("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n").fault())
                .isEqualTo(Fault.CALLER);
    }

    @Test
    void anErrorOfTheHandlerIsAnAnswer() {
        MicroException told = failure("HTTP/1.1 200 OK\r\nMicro-Error: no tea\r\nContent-Length: 0\r\n\r\n");
        assertThat(told.remote()).isTrue();
        assertThat(told.fault()).isEqualTo(Fault.UNKNOWN);
    }

    @Test
    void aHandlerOfTheCallerThatThrowsIsHisOwn() {
        Socket stream = open(socket -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        stream.onMessage(message -> {
            throw new IllegalStateException("no");
        });
        assertThat(Await.failure(stream.closed()).fault()).isEqualTo(Fault.CALLER);
    }

    @Test
    void aSlowReaderGetsAllOfANodeThatEndedTheStreamAndWent() {
        Recording<String> closed = new Recording<>();
        Socket stream = open(socket -> {
                    socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".repeat(3)
                            + "HTTP/1.1 200 OK\r\nMicro-Error: EOS\r\nContent-Length: 0\r\n\r\n");
                    socket.closeHandler(done -> closed.handle("closed"));
                    socket.close();
                })
                .pause();
        closed.next();
        Await.result(vertx.timer(300, TimeUnit.MILLISECONDS));
        assertThat(stream.closed().isComplete()).isFalse();
        Recording<String> received = new Recording<>();
        stream.onMessage(message -> received.handle(message.body().toString()))
                .onEnd(trailer -> received.handle("end"))
                .resume();
        for (String expected : new String[] {"ok", "ok", "ok", "end"}) {
            assertThat(received.next()).isEqualTo(expected);
        }
        assertThat(Await.failure(stream.closed()).fault()).isEqualTo(Fault.NOBODY);
    }

    @Test
    void aNodeThatGoesAfterItHasEndedTheStreamIsNotToBlame() {
        MicroException gone = failure(socket -> {
            socket.write("HTTP/1.1 200 OK\r\nMicro-Error: EOS\r\nContent-Length: 0\r\n\r\n");
            socket.close();
        });
        assertThat(gone.fault()).isEqualTo(Fault.NOBODY);
    }
}
