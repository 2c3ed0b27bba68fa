package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A probe asks for an answer: a connection alone is one of the system, which gives it for a process that hangs, too. */
class SignOfLifeTest {
    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(
            vertx, HttpTransportOptions.DEFAULTS.withPool(HttpPool.DEFAULTS.withDialTimeout(Duration.ofMillis(300))));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void failsWhereASocketIsTakenAndNothingAnswered() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            MicroException failure = Await.failure(transport.probe("127.0.0.1:" + silent.getLocalPort()));
            assertThat(failure.detail()).startsWith("connection error: ").endsWith("no answer within 300 ms");
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    void failsWhereTheEventLoopIsBlocked() throws Exception {
        Vertx serving = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        CountDownLatch unblocked = new CountDownLatch(1);
        try {
            String address = Await.result(HttpTransport.create(serving, HttpTransportOptions.DEFAULTS)
                    .listener("127.0.0.1:0")
                    .onRequest((request, peer, cancellation) ->
                            Future.succeededFuture(new Message(Metadata.EMPTY, Buffer.buffer())))
                    .listen());
            Await.result(transport.probe(address));
            Promise<Void> blocked = Promise.promise();
            serving.runOnContext(blocking -> {
                blocked.complete();
                awaitQuietly(unblocked);
            });
            Await.result(blocked.future());
            assertThat(Await.failure(transport.probe(address)).detail()).endsWith("no answer within 300 ms");
            unblocked.countDown();
            Await.result(transport.probe(address));
        } finally {
            unblocked.countDown();
            Await.result(serving.close());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void takesAnyAnswerOfHttp() {
        assertThat(Await.result(answering("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n")
                        .compose(transport::probe)
                        .map("alive")))
                .isEqualTo("alive");
    }

    @Test
    void failsWhereSomethingElseAnswers() {
        assertThat(Await.failure(answering("SSH-2.0-x\r\n").compose(transport::probe))
                        .detail())
                .endsWith("another protocol than HTTP");
    }

    @Test
    void failsWhereTheConnectionEnds() {
        NetServer closing = vertx.createNetServer().connectHandler(socket -> socket.close());
        assertThat(Await.failure(closing.listen(0, "127.0.0.1")
                                .compose(listening -> transport.probe("127.0.0.1:" + listening.actualPort())))
                        .detail())
                .endsWith("EOF");
    }

    private Future<String> answering(String answer) {
        return vertx.createNetServer()
                .connectHandler(socket -> socket.handler(
                        asked -> socket.write(Buffer.buffer(answer.getBytes(StandardCharsets.US_ASCII)))))
                .listen(0, "127.0.0.1")
                .map(listening -> "127.0.0.1:" + listening.actualPort());
    }
}
