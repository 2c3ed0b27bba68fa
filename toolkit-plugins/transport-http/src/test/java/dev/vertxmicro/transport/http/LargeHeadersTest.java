package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers that are more than a server takes are the caller's own fault, whichever way the message would go. */
class LargeHeadersTest {
    private static final int LIMIT = 64 * 1024;

    @TempDir
    static Path directory;

    private static TestCertificate certificate;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger served = new AtomicInteger();

    private enum Way {
        HTTP_1,
        HTTP_2,
        MULTIPLEXED,
        STREAM
    }

    @BeforeAll
    static void certify() {
        certificate = TestCertificate.create(directory, "here", "ip:127.0.0.1");
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static HttpTransportOptions options(Way way, int maxHeaderBytes) {
        String file = certificate.certificate().toString();
        TlsOptions tls = TlsOptions.ON
                .withCertificate(file, certificate.key().toString())
                .withTrust(List.of(file));
        return HttpTransportOptions.DEFAULTS
                .withMultiplex(way == Way.MULTIPLEXED)
                .withTls(way == Way.HTTP_2 ? tls : TlsOptions.OFF)
                .withLimits(HttpLimits.DEFAULTS.withMaxHeaderBytes(maxHeaderBytes));
    }

    private Transport transport(Way way, int maxHeaderBytes) {
        return HttpTransport.create(vertx, options(way, maxHeaderBytes));
    }

    private String serve(Way way, int maxHeaderBytes) {
        return Await.result(transport(way, maxHeaderBytes)
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancelled) -> {
                    served.incrementAndGet();
                    return Future.succeededFuture(new Message(Metadata.EMPTY, Buffer.buffer("ok")));
                })
                .onStream((request, socket, peer) -> {
                    served.incrementAndGet();
                    socket.end(Metadata.EMPTY);
                })
                .listen());
    }

    private static Future<?> send(Way way, Transport transport, String address, int bytes) {
        Message message =
                new Message(Metadata.of("Large", "ä".repeat(bytes / 2) + "x".repeat(bytes % 2)), Buffer.buffer());
        return way == Way.STREAM
                ? transport.open(address, message, CallContext.create()).compose(LargeHeadersTest::ended)
                : transport.request(address, message, CallContext.create());
    }

    private static Future<Void> ended(Socket socket) {
        socket.onMessage(message -> {}).onEnd(trailer -> socket.end(Metadata.EMPTY));
        return socket.closed();
    }

    private Transport warmed(Way way, String address) {
        Transport transport = transport(way, LIMIT);
        Await.result(send(way, transport, address, 10));
        Await.result(send(way, transport, address, 10));
        served.set(0);
        return transport;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBeyondTheLimitIsNotSent(Way way) {
        String address = serve(way, LIMIT);
        Transport transport = warmed(way, address);
        for (int bytes : new int[] {LIMIT, 1_000_000}) {
            MicroException refused = Await.failure(send(way, transport, address, bytes));
            assertThat(refused.fault()).isEqualTo(Fault.CALLER);
            assertThat(refused.detail()).matches("metadata: \\d+ bytes of headers \\(expected: <= 65536\\)");
        }
        assertThat(served).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsJustWithinTheLimitIsTaken(Way way) {
        String address = serve(way, LIMIT);
        Transport transport = warmed(way, address);
        String refused = Await.failure(send(way, transport, address, LIMIT)).getMessage();
        int beyond = Integer.parseInt(refused.replaceAll(".*metadata: (\\d+) bytes.*", "$1")) - LIMIT;
        assertThat(beyond).isBetween(1, 500);
        Await.result(send(way, transport, address, LIMIT - beyond));
        assertThat(served).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatAServerWithASmallerLimitRefusesIsTheCallersFault(Way way) {
        String address = serve(way, 1024);
        Transport transport = warmed(way, address);
        MicroException refused = Await.failure(send(way, transport, address, 3000));
        assertThat(refused.fault()).as(refused.detail()).isEqualTo(Fault.CALLER);
        assertThat(served).hasValue(0);
    }
}
