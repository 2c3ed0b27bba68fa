package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.http.multiplex.CallFrameWriter;
import dev.vertxmicro.transport.http.multiplex.RawCalls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However often peers send nonsense: the log of the whole process, Vert.x and Netty included, says so at most twice at once. */
class FloodedLogTest {
    private static final int TIMES = 500;
    private static final int MOST_LINES = 2;
    private static final Vertx VERTX = Vertx.vertx();
    private static final CountDownLatch GONE = new CountDownLatch(TIMES);
    private static String plain = "";
    private static String secured = "";

    /** One piece of nonsense, until it has been dealt with. */
    private interface Nonsense {
        void send() throws IOException;
    }

    private enum Kind {
        NO_HTTP(() -> closed(plain, "\0\1\2 nonsense\r\n\r\n")),
        BAD_CHUNK(() -> closed(plain, head("", "Transfer-Encoding: chunked") + "xyz\r\n")),
        TWO_LENGTHS(() -> closed(plain, head("", "Content-Length: 1", "Content-Length: 2") + "x")),
        LONG_LINE(() -> closed(plain, "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n")),
        LARGE_HEADERS(() -> closed(plain, head("", "A: " + "x".repeat(100_000)))),
        LARGE_BODY(() -> closed(plain, head("", "Content-Length: 2147483647"))),
        RESET_WHILE_IT_WAITS(() -> reset(plain, post("Flood.Wait", "application/protobuf", ""))),
        RESET_IN_A_HEAD(() -> reset(plain, "POST / HT")),
        RESET_IN_A_BODY(() -> reset(plain, head("", "Content-Length: 5") + "xx")),
        RESET_AT_ONCE(() -> reset(plain, "")),
        RESET_IN_A_HANDSHAKE(() -> reset(secured, "\u0016\u0003")),
        NO_TLS(() -> closed(secured, "GET / HTTP/1.1\r\n\r\n")),
        BAD_TLS(() -> closed(secured, "\u0016\u0003\u0001\0\u0005\u0001\0\0\1\2")),
        NO_STREAM(
                () -> closed(plain, head("Flood.Stream", "Micro-Stream: 1", "Content-Length: 0") + "nonsense\r\n\r\n")),
        NO_FRAMES(() -> frames(new byte[] {-1, 0, 0, 0, 1, 0, 0, 0})),
        BAD_FRAME(() -> frames(RawCalls.frame(99, 1, new byte[0]))),
        LARGE_CALL_HEADERS(() -> frames(RawCalls.frame(CallFrameWriter.CALL, 1, new byte[] {0, 1, 0, 0}))),
        UNDECODABLE(() -> answered(post("Flood.Fail", "application/protobuf", "\n"))),
        UNDECODABLE_ENVELOPE(() -> answered(post("Flood.Fail", "application/proto-rpc", "\u007f\u007f\u007f\u007f"))),
        NO_JSON(() -> answered(post("Flood.Fail", "application/json-rpc", "{{"))),
        UNKNOWN_TYPE(() -> answered(post("Flood.Fail", "application/nonsense", "{{"))),
        HANDLER_FAILS(() -> answered(post("Flood.Fail", "application/protobuf", ""))),
        HANDLER_THROWS(() -> answered(post("Flood.Throw", "application/protobuf", ""))),
        HANDLER_ANSWERS_NULL(() -> answered(post("Flood.Null", "application/protobuf", ""))),
        STREAM_HANDLER_THROWS(() -> answered(head("Flood.Stream", "Micro-Stream: 1", "Content-Length: 0")));

        @SuppressWarnings("ImmutableEnumChecker") // it has no state
        private final Nonsense nonsense;

        Kind(Nonsense nonsense) {
            this.nonsense = nonsense;
        }
    }

    private static String head(String endpoint, String... headers) {
        return "POST / HTTP/1.1\r\nHost: x\r\nMicro-Id: 7\r\nContent-Type: application/protobuf\r\nMicro-Endpoint: "
                + endpoint + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static String post(String endpoint, String contentType, String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\nMicro-Id: 7\r\nMicro-Endpoint: " + endpoint + "\r\nContent-Type: "
                + contentType + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void closed(String address, String bytes) throws IOException {
        try (RawConnection raw = new RawConnection(address)) {
            try {
                raw.send(bytes.getBytes(StandardCharsets.ISO_8859_1));
                while (!raw.closed()) {
                    // an answer that says why
                }
            } catch (IOException reset) {
                // closed too
            }
        }
    }

    private static void answered(String request) throws IOException {
        try (RawConnection raw = new RawConnection(plain)) {
            assertThat(raw.send(request).read().statusLine()).startsWith("HTTP/1.1 ");
        }
    }

    private static void reset(String address, String bytes) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)))) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoLinger(true, 0);
        }
    }

    private static void frames(byte[] bytes) throws IOException {
        try (RawCalls raw = new RawCalls(plain)) {
            raw.send(bytes);
            while (!raw.closed()) {
                // an answer that says why
            }
        }
    }

    private static Server server(TlsOptions tls, String name) throws Exception {
        Timers timers = VertxTimers.of(VERTX);
        ServerParts parts = new ServerParts(
                HttpTransport.create(VERTX, HttpTransportOptions.DEFAULTS.withTls(tls)),
                Registry.inMemory(timers),
                timers);
        Server server = Server.create(ServerOptions.defaults().withName(name).withAddress("127.0.0.1:0"), parts);
        Class<StringValue> type = StringValue.class;
        server.handle(
                Endpoint.unary("Flood.Fail", type, type),
                (request, context) -> Future.failedFuture(new IllegalStateException("failed")));
        server.handle(Endpoint.unary("Flood.Throw", type, type), (request, context) -> {
            throw new IllegalStateException("thrown");
        });
        server.handle(Endpoint.unary("Flood.Null", type, type), (request, context) -> Future.succeededFuture());
        server.handle(Endpoint.unary("Flood.Wait", type, type), (request, context) -> {
            context.cancellation().onCancel(GONE::countDown);
            return Promise.<StringValue>promise().future();
        });
        server.handleStream(
                new Endpoint<>("Flood.Stream", type, type, Endpoint.Kind.BIDIRECTIONAL, false), (stream, context) -> {
                    throw new IllegalStateException("thrown");
                });
        server.start().await(10, TimeUnit.SECONDS);
        return server;
    }

    @BeforeAll
    static void serve(@TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.create(directory, "flood", "ip:127.0.0.1");
        plain = server(TlsOptions.OFF, "plain").address();
        secured = server(
                        TlsOptions.ON.withCertificate(
                                certificate.certificate().toString(),
                                certificate.key().toString()),
                        "secured")
                .address();
    }

    @AfterAll
    static void stop() throws Exception {
        VERTX.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFloodIsLoggedRarely(Kind kind) throws Exception {
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            for (int i = 0; i < TIMES; i++) {
                kind.nonsense.send();
            }
            if (kind == Kind.RESET_WHILE_IT_WAITS) {
                assertThat(GONE.await(10, TimeUnit.SECONDS)).isTrue();
            }
            // what an earlier flood left out is said meanwhile
            assertThat(logs.all())
                    .as(kind.name().toLowerCase(Locale.ROOT))
                    .filteredOn(line -> !line.contains(" more)"))
                    .hasSizeLessThanOrEqualTo(MOST_LINES);
        }
    }
}
