package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpPool;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a client asks for a multiplexed connection, and what it makes of the answer. */
class CallOpeningTest {
    private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String OURS = "HTTP/1.1 200 OK\r\nServer: vertx-micro\r\nContent-Length: 2\r\n\r\nok";

    private final Vertx vertx = Vertx.vertx();
    private final Recording<String> asked = new Recording<>();
    private final Transport client = HttpTransport.create(
            vertx, HttpTransportOptions.DEFAULTS.withPool(HttpPool.DEFAULTS.withDialTimeout(Duration.ofMillis(300))));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** A server that answers each call so, and does this with who asks for more. */
    private String serve(String answer, BiConsumer<NetSocket, Buffer> upgrade) {
        return "127.0.0.1:"
                + Await.result(vertx.createNetServer()
                                .connectHandler(socket -> socket.handler(bytes -> {
                                    if (bytes.toString().contains("Upgrade")) {
                                        asked.handle(bytes.toString());
                                        upgrade.accept(socket, bytes);
                                    } else {
                                        socket.write(answer);
                                    }
                                }))
                                .listen(0, "127.0.0.1"))
                        .actualPort();
    }

    private String call(String address) {
        Message message = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        return Await.result(client.request(address, message, CallContext.create()))
                .body()
                .toString();
    }

    @Test
    void asksOnlyWhoSaysThatHeIsOurs() {
        String address = serve(PLAIN, (socket, bytes) -> socket.close());
        for (int i = 0; i < 10; i++) {
            assertThat(call(address)).isEqualTo("ok");
        }
        assertThat(asked.isEmpty()).isTrue();
    }

    @Test
    void asksByAnUpgradeAndNotBeforeTheSecondCall() {
        String address = serve(OURS, (socket, bytes) -> socket.close());
        call(address);
        assertThat(asked.isEmpty()).isTrue();
        call(address);
        assertThat(asked.next().split("\r\n"))
                .containsExactly(
                        "POST / HTTP/1.1",
                        "Host: " + address,
                        "User-Agent: vertx-micro",
                        "Connection: Upgrade",
                        "Upgrade: vertx-micro-calls/2",
                        "Upgrade: vertx-micro-calls/1",
                        "Content-Length: 0");
    }

    @Test
    void callsPlainlyAndDoesNotAskAgainWhereItIsRefused() {
        Recording<String> closed = new Recording<>();
        for (String answer : new String[] {PLAIN, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n", ""}) {
            String address = serve(OURS, (socket, bytes) -> {
                socket.closeHandler(gone -> closed.handle("closed"));
                socket.write(answer);
            });
            call(address);
            call(address);
            asked.next();
            assertThat(closed.next()).as("after " + answer).isEqualTo("closed");
            for (int i = 0; i < 10; i++) {
                assertThat(call(address)).isEqualTo("ok");
            }
            assertThat(asked.isEmpty()).isTrue();
        }
    }

    @Test
    void failsTheCallsOfAConnectionThatBreaks() {
        Buffer consent = Buffer.buffer(CallOpening.CONSENT);
        Recording<String> opened = new Recording<>();
        String address = serve(OURS, (socket, bytes) -> {
            socket.handler(call -> socket.close());
            socket.write(consent.slice(0, 20));
            socket.write(consent.slice(20, consent.length())).onSuccess(written -> opened.handle("opened"));
        });
        call(address);
        call(address);
        opened.next();
        Throwable failure = null;
        for (int i = 0; i < 1000 && failure == null; i++) {
            Message message = new Message(Metadata.EMPTY, Buffer.buffer("x"));
            var answer = client.request(address, message, CallContext.create());
            Await.result(answer.otherwiseEmpty());
            failure = answer.cause();
        }
        assertThat(failure)
                .hasMessage("{\"id\":\"go.micro.client.transport\",\"code\":500,\"detail\":\"EOF\","
                        + "\"status\":\"Internal Server Error\"}");
        assertThat(call(address)).as("by a connection of its own").isEqualTo("ok");
        assertThat(new String(CallOpening.CONSENT, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 101 ");
    }
}
