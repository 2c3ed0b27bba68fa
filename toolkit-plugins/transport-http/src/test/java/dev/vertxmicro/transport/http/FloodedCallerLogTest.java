package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However often a node answers nonsense: each call fails with an error that says so, and the log is not flooded. */
class FloodedCallerLogTest {
    private static final int TIMES = 300;
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        Await.result(VERTX.close());
    }

    /** Answers the same to everybody, and resets the connection or closes it. */
    private static Thread answering(ServerSocket server, String answer, boolean reset) {
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    if (socket.getInputStream().read(new byte[4096]) > 0) {
                        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                        socket.getOutputStream().flush();
                        socket.setSoLinger(reset, 0);
                    }
                } catch (IOException gone) {
                    // the next one
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @SuppressWarnings("try") // closed before it is joined
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | nonsense | false | false",
                "nothing, reset | '' | true | false",
                "half a head, reset | HTTP/1.1 200 O | true | false",
                "half a body, reset | HTTP/1.1 200 OKrnContent-Length: 9rnrnx | true | false",
                "half a body | HTTP/1.1 200 OKrnContent-Length: 9rnrnx | false | false",
                "bad chunk | HTTP/1.1 200 OKrnTransfer-Encoding: chunkedrnrnxyzrn | false | false",
                "bad length | HTTP/1.1 200 OKrnContent-Length: xrnrn | false | false",
                "an answer too many | HTTP/1.1 200 OKrnContent-Length: 0rnrnHTTP/1.1 200 OKrnContent-Length: 0rnrnnonsense | true | false",
                "no TLS | HTTP/1.1 200 OKrnrn | false | true",
                "nothing, reset, where TLS is spoken | '' | true | true",
            })
    void aFloodOfBadAnswersIsLoggedRarely(String what, String answer, boolean reset, boolean tls) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RecordedLogs logs = RecordedLogs.ofAll()) {
            Thread thread = answering(server, answer.replace("rn", "\r\n"), reset);
            Transport transport = HttpTransport.create(
                    VERTX, HttpTransportOptions.DEFAULTS.withTls(tls ? TlsOptions.ON : TlsOptions.OFF));
            String address = "127.0.0.1:" + server.getLocalPort();
            for (int i = 0; i < TIMES; i++) {
                Future<Message> call = transport.request(
                        address, new Message(Metadata.EMPTY, Buffer.buffer("x")), CallContext.create());
                Await.result(call.otherwiseEmpty());
            }
            Await.result(transport.close());
            server.close();
            thread.join();
            assertThat(logs.all())
                    .as(what)
                    .filteredOn(line -> !line.contains(" more)"))
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void callsThatGiveUpWhileTheyWaitForAConnectionLeaveNoLine() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RecordedLogs logs = RecordedLogs.ofAll()) {
            HttpTransportOptions one = HttpTransportOptions.DEFAULTS.withPool(HttpPool.DEFAULTS.withSize(1));
            Transport transport = HttpTransport.create(VERTX, one);
            Cancellation cancellation = new Cancellation();
            List<Future<Message>> calls = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                calls.add(transport.request(
                        "127.0.0.1:" + silent.getLocalPort(),
                        new Message(Metadata.EMPTY, Buffer.buffer("x")),
                        CallContext.create().withCancellation(cancellation)));
            }
            Socket first = silent.accept();
            assertThat(first.getInputStream().read()).as("asked").isPositive();
            cancellation.cancel(MicroException.timeout("test", "over"));
            calls.forEach(Await::failure);
            first.close();
            Await.result(transport.close());
            assertThat(logs.all()).isEmpty();
        }
    }
}
