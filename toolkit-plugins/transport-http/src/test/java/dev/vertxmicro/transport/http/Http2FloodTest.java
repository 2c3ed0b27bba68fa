package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.multiplex.CallConnection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server does to connections of HTTP/2 that keep it at work for nothing. */
class Http2FloodTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int REFUSED_STREAM = 7;
    private static final RequestHandler ECHO = (request, peer, cancellation) -> Future.succeededFuture(request);

    @TempDir
    static Path directory;

    private static TlsOptions tls;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void certify() {
        TestCertificate here = TestCertificate.create(directory, "here", "ip:127.0.0.1");
        tls = TlsOptions.ON.withCertificate(
                here.certificate().toString(), here.key().toString());
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private String serve(RequestHandler handler) {
        return Await.result(HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(tls))
                .listener("127.0.0.1:0")
                .onRequest(handler)
                .listen());
    }

    /** Frames that ask for nothing. */
    enum Flood {
        PING {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.PING, 0, 0, new byte[8]);
            }
        },
        PING_ACK {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.PING, RawHttp2.ACK, 0, new byte[8]);
            }
        },
        SETTINGS {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.SETTINGS, 0, 0, new byte[0]);
            }
        },
        SETTINGS_ACK {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0]);
            }
        },
        PRIORITY {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.PRIORITY, 0, 3, new byte[] {0, 0, 0, 0, 1});
            }
        },
        WINDOW_UPDATE {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
            }
        },
        WINDOW_UPDATE_OF_A_STREAM_THAT_IS_OVER {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.WINDOW_UPDATE, 0, 1, new byte[] {0, 0, 0, 1});
            }
        },
        RESET_OF_A_STREAM_THAT_IS_OVER {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.reset(1);
            }
        },
        UNKNOWN {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.UNKNOWN, 0, 0, new byte[0]);
            }
        },
        UNKNOWN_OF_NO_STREAM {
            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.UNKNOWN, 0, 99, new byte[0]);
            }
        },
        EMPTY_DATA {
            @Override
            void begin(RawHttp2 raw) throws IOException {
                raw.begin(1);
            }

            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.send(RawHttp2.DATA, 0, 1, new byte[0]);
            }
        },
        REQUEST_AND_RESET {
            @SuppressWarnings(
                    "ImmutableEnumChecker") // each test begins a connection, on which any number will do that grows
            private int stream = 1;

            @Override
            void send(RawHttp2 raw) throws IOException {
                raw.begin(stream += 2).reset(stream);
            }
        };

        void begin(RawHttp2 raw) throws IOException {
            raw.request(1).flush();
            raw.read(RawHttp2.HEADERS, 1);
        }

        abstract void send(RawHttp2 raw) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void endsAConnectionThatFloodsWithFramesThatAskForNothing(Flood flood) throws Exception {
        String address = serve(ECHO);
        int frames = 4_000_000; // more than sockets hold
        try (RecordedLogs logs = RecordedLogs.of(HttpListener.class);
                RawHttp2 raw = new RawHttp2(address)) {
            flood.begin(raw);
            CompletableFuture<Integer> error = CompletableFuture.supplyAsync(() -> errorOf(raw));
            int sent = 0;
            try {
                for (; sent < frames && !error.isDone(); sent++) {
                    flood.send(raw);
                }
                raw.flush();
            } catch (IOException closed) {
                // as it should be
            }
            assertThat(sent).as("frames that it took").isLessThan(frames);
            assertThat(error.get()).isIn(ENHANCE_YOUR_CALM, -1); // that goes unheard where the socket is full
            if (flood != Flood.EMPTY_DATA && flood != Flood.REQUEST_AND_RESET) {
                assertThat(logs.next())
                        .startsWith("http: connection from 127.0.0.1:")
                        .contains(" closed: too many ");
            }
        }
        try (RawHttp2 other = new RawHttp2(address)) {
            other.request(1).flush();
            assertThat(other.read(RawHttp2.HEADERS, 1)).isNotNull();
        }
    }

    private static int errorOf(RawHttp2 raw) {
        try {
            return raw.untilClosed();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void servesAPeerWhoPingsAndOpensItsWindowWithEachRequest() throws Exception {
        try (RawHttp2 raw = new RawHttp2(serve(ECHO))) {
            for (int stream = 1; stream < 8000; stream += 2) {
                for (int i = 0; i < 4; i++) {
                    raw.send(RawHttp2.PING, 0, 0, new byte[8])
                            .send(RawHttp2.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
                }
                raw.request(stream).flush();
                assertThat(raw.readEnd(stream)).as("end of the answer").isTrue();
            }
        }
    }

    @Test
    void countsAResetRequestUntilItsHandlerIsDone() throws Exception {
        Recording<Promise<Message>> running = new Recording<>();
        String address = serve((request, peer, cancellation) -> {
            Promise<Message> answer = Promise.promise();
            running.handle(answer);
            return answer.future();
        });
        try (RawHttp2 raw = new RawHttp2(address)) {
            int stream = 1;
            for (int i = 0; i < CallConnection.MAX_CALLS; i++, stream += 2) {
                raw.request(stream).flush();
                Promise<Message> unused = running.next();
                if (i < 100) { // netty itself ends the connection after 200 resets
                    raw.reset(stream);
                }
            }
            raw.request(stream).flush();
            RawHttp2.Frame refusal = raw.read(RawHttp2.RST_STREAM, stream);
            assertThat(java.nio.ByteBuffer.wrap(refusal.payload()).getInt()).isEqualTo(REFUSED_STREAM);
            assertThat(running.isEmpty()).isTrue();
        }
    }

    @Test
    void readsNoFurtherFromAPeerWhoDoesNotReadHisAnswers() throws Exception {
        java.util.concurrent.atomic.AtomicLong answered = new java.util.concurrent.atomic.AtomicLong();
        Message answer = new Message(Metadata.of("Large", "x".repeat(30_000)), Buffer.buffer());
        String address = serve((request, peer, cancellation) -> {
            answered.incrementAndGet();
            return Future.succeededFuture(answer);
        });
        int requests = 2000;
        try (RawHttp2 raw = new RawHttp2(address)) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> requestAll(raw, requests));
            long before = -1;
            while (answered.get() != before && !sent.isDone()) {
                before = answered.get();
                Await.result(vertx.timer(500, java.util.concurrent.TimeUnit.MILLISECONDS));
            }
            assertThat(answered.get()).as("of a thousand streams").isLessThan(500);
        }
    }

    private static void requestAll(RawHttp2 raw, int requests) {
        try {
            for (int i = 0; i < requests; i++) {
                raw.request(1 + 2 * i);
            }
            raw.flush();
        } catch (IOException closed) {
            // by the test
        }
    }
}
