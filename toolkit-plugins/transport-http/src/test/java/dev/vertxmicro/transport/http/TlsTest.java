package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.calls.Refusal;
import dev.vertxmicro.transport.http.wire.AnswerCheck;
import dev.vertxmicro.transport.http.wire.HttpAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is believed, and what is spoken once he is. */
class TlsTest {
    private static final RequestHandler ECHO = (request, peer, cancellation) -> Future.succeededFuture(request);

    @TempDir
    static Path directory;

    private static TestCertificate here;
    private static TestCertificate elsewhere;
    private static TestCertificate caller;

    private final Vertx vertx = Vertx.vertx();
    /** Vert.x closes a client that nobody holds. */
    private final List<Transport> used = new ArrayList<>();

    @BeforeAll
    static void certify() {
        here = TestCertificate.create(directory, "here", "ip:127.0.0.1");
        elsewhere = TestCertificate.create(directory, "elsewhere", "dns:elsewhere.example");
        caller = TestCertificate.create(directory, "caller", "dns:caller.example");
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    private static TlsOptions certified(TestCertificate certificate) {
        return TlsOptions.ON.withCertificate(
                certificate.certificate().toString(), certificate.key().toString());
    }

    private static TlsOptions trusting(TlsOptions options, TestCertificate certificate) {
        return options.withTrust(List.of(certificate.certificate().toString()));
    }

    private String serve(TlsOptions tls, RequestHandler handler) throws Exception {
        return await(HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(tls))
                .listener("127.0.0.1:0")
                .onRequest(handler)
                .listen());
    }

    private Future<Message> call(String address, TlsOptions tls) {
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(tls));
        used.add(transport);
        return transport.request(address, new Message(Metadata.EMPTY, Buffer.buffer("x")), CallContext.create());
    }

    private MicroException refusal(String address, TlsOptions tls) throws Exception {
        Future<Message> answer = call(address, tls);
        await(answer.otherwiseEmpty());
        assertThat(answer.failed()).as("refused").isTrue();
        return (MicroException) answer.cause();
    }

    @Test
    void refusesAServerWhomNobodyVouchesFor() throws Exception {
        String address = serve(certified(here), ECHO);
        MicroException error = refusal(address, TlsOptions.ON);
        assertThat(error.id()).isEqualTo("go.micro.client");
        assertThat(error.detail())
                .startsWith("connection error: dial tcp " + address + ": tls: ")
                .contains("certif");
        assertThat(await(call(address, TlsOptions.ON.withVerify(false))).body().toString())
                .isEqualTo("x");
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        String address = serve(certified(elsewhere), ECHO);
        assertThat(refusal(address, trusting(TlsOptions.ON, elsewhere)).detail())
                .contains("tls: ")
                .contains("127.0.0.1");
    }

    @Test
    void refusesACallerWithoutACertificate() throws Exception {
        TlsOptions strict = trusting(certified(here), caller).withClientAuth(true);
        String address = serve(strict, ECHO);
        refusal(address, trusting(TlsOptions.ON, here));
        Future<Message> known = call(address, trusting(certified(caller), here));
        assertThat(await(known).body().toString()).isEqualTo("x");
    }

    @Test
    void refusesAServerWhoseCertificateIsNamedButOutOfDate() throws Exception {
        TestCertificate expired = TestCertificate.create(directory, "expired", "ip:127.0.0.1", -30, 20);
        TestCertificate early = TestCertificate.create(directory, "early", "ip:127.0.0.1", 10, 20);
        assertThat(refusal(serve(certified(expired), ECHO), trusting(TlsOptions.ON, expired))
                        .detail())
                .contains(": tls: certificate of CN=expired expired at 20");
        assertThat(refusal(serve(certified(early), ECHO), trusting(TlsOptions.ON, early))
                        .detail())
                .contains(": tls: certificate of CN=early is not valid before 20");
    }

    @Test
    void refusesACallerWhoseCertificateIsNamedButOutOfDate() throws Exception {
        TestCertificate expired = TestCertificate.create(directory, "expired-caller", "dns:caller", -30, 20);
        String address = serve(trusting(certified(here), expired).withClientAuth(true), ECHO);
        try (RecordedLogs logs = RecordedLogs.of(HttpListener.class)) {
            refusal(address, trusting(certified(expired), here));
            assertThat(logs.next())
                    .startsWith("http: connection refused: tls: certificate of CN=expired-caller expired at 20");
        }
        TestCertificate early = TestCertificate.create(directory, "early-caller", "dns:caller", 10, 20);
        String another = serve(trusting(certified(here), early).withClientAuth(true), ECHO);
        refusal(another, trusting(certified(early), here));
    }

    @Test
    void saysThatAServerSpeaksNoTls() throws Exception {
        String plain = serve(TlsOptions.OFF, ECHO);
        assertThat(refusal(plain, TlsOptions.ON).detail()).contains("tls: ");
        String secured = serve(certified(here), ECHO);
        MicroException plainly = refusal(secured, TlsOptions.OFF);
        assertThat(plainly.id()).isEqualTo("go.micro.client.transport");
        assertThat(plainly.detail()).isEqualTo(AnswerCheck.unanswered(secured)).contains("transport.http.tls");
    }

    @Test
    void saysOfAStreamThatTheServerMaySpeakTls() throws Exception {
        String secured = serve(certified(here), ECHO);
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);
        used.add(transport);
        Message first = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        Socket socket = await(transport.open(secured, first, CallContext.create()));
        Promise<Void> ended = Promise.promise();
        socket.onMessage(message -> {});
        socket.closed().onComplete(ended);
        Throwable failure = ended.future()
                .transform(result -> Future.succeededFuture(result.cause()))
                .await(10, TimeUnit.SECONDS);
        assertThat(failure).hasMessageContaining(AnswerCheck.unanswered(secured));
    }

    @Test
    void doesNotListenWithoutACertificate() throws Exception {
        Future<String> listening = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(TlsOptions.ON))
                .listener("127.0.0.1:0")
                .listen();
        await(listening.otherwiseEmpty());
        assertThat(((MicroException) listening.cause()).detail())
                .isEqualTo("listen tcp 127.0.0.1:0: tls: no certificate (expected: tls.certificate and tls.key)");
    }

    @Test
    void speaksHttp11ToAServerWithoutAlpnAsGoIs() throws Exception {
        HttpServerOptions likeGo = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(here.certificate().toString())
                        .addKeyPath(here.key().toString()));
        Promise<HttpVersion> spoken = Promise.promise();
        int port = await(vertx.createHttpServer(likeGo)
                        .requestHandler(request -> {
                            spoken.tryComplete(request.version());
                            request.response().end("answer");
                        })
                        .listen(0, "127.0.0.1"))
                .actualPort();
        Future<Message> answer = call("127.0.0.1:" + port, trusting(TlsOptions.ON, here));
        assertThat(await(answer).body().toString()).isEqualTo("answer");
        assertThat(await(spoken.future())).isEqualTo(HttpVersion.HTTP_1_1);
    }

    @Test
    void callsOnOneHttp2ConnectionDoNotWaitForEachOther() throws Exception {
        Promise<Message> held = Promise.promise();
        List<String> remotes = new ArrayList<>();
        TlsOptions tls = trusting(certified(here), here);
        String address = serve(tls, (request, peer, cancellation) -> {
            remotes.add(peer.remote());
            return request.body().toString().equals("slow") ? held.future() : Future.succeededFuture(request);
        });
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(tls));
        Future<Message> slow =
                transport.request(address, new Message(Metadata.EMPTY, Buffer.buffer("slow")), CallContext.create());
        for (int i = 0; i < 200; i++) {
            await(transport.request(
                    address, new Message(Metadata.EMPTY, Buffer.buffer("quick")), CallContext.create()));
        }
        assertThat(slow.isComplete()).isFalse();
        held.complete(new Message(Metadata.EMPTY, Buffer.buffer("at last")));
        assertThat(await(slow).body().toString()).isEqualTo("at last");
        assertThat(remotes).hasSize(201);
        assertThat(remotes.stream().distinct()).as("connections").hasSize(1);
    }

    @Test
    void resetsARequestThatDripsInAndServesTheOthersOnItsConnection() throws Exception {
        HttpLimits hasty = HttpLimits.DEFAULTS.withReadTimeout(Duration.ofMillis(300));
        String address = await(HttpTransport.create(
                        vertx,
                        HttpTransportOptions.DEFAULTS.withTls(certified(here)).withLimits(hasty))
                .listener("127.0.0.1:0")
                .onRequest(ECHO)
                .listen());
        HttpClientOptions http2 = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false);
        HttpClient client = vertx.createHttpClient(http2);
        int port = HttpAddress.parse(address).port();
        HttpClientRequest dripping = await(client.request(HttpMethod.POST, port, "127.0.0.1", "/"));
        Promise<Throwable> reset = Promise.promise();
        dripping.exceptionHandler(reset::tryComplete).setChunked(true);
        await(dripping.write("a"));
        assertThat(await(reset.future())).isInstanceOf(StreamResetException.class);
        Future<Buffer> answer = client.request(HttpMethod.POST, port, "127.0.0.1", "/")
                .compose(whole -> {
                    assertThat(whole.connection()).isSameAs(dripping.connection());
                    return whole.send("b").compose(HttpClientResponse::body);
                });
        assertThat(await(answer).toString()).isEqualTo("b");
    }

    @Test
    void refusesAMessageAboveTheLimitAndServesTheOthersOnItsConnection() throws Exception {
        TlsOptions tls = trusting(certified(here), here);
        HttpTransportOptions small =
                HttpTransportOptions.DEFAULTS.withTls(tls).withLimits(HttpLimits.DEFAULTS.withMaxMessageBytes(100));
        Transport transport = HttpTransport.create(vertx, small);
        List<String> remotes = new ArrayList<>();
        String address = await(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> {
                    remotes.add(peer.remote());
                    return Future.succeededFuture(request);
                })
                .listen());
        Message little = new Message(Metadata.EMPTY, Buffer.buffer("a".repeat(100)));
        await(transport.request(address, little, CallContext.create()));
        Future<Message> refused = transport.request(
                address, new Message(Metadata.EMPTY, Buffer.buffer("a".repeat(101))), CallContext.create());
        await(refused.otherwiseEmpty());
        assertThat(((MicroException) refused.cause()).detail()).contains("413").contains("exceeds 100 bytes");
        await(transport.request(address, little, CallContext.create()));
        assertThat(remotes.stream().distinct()).as("connections").hasSize(1);
    }

    @Test
    void saysThatARefusedCallMayBeTriedElsewhere() throws Exception {
        HttpServerOptions http2 = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(here.certificate().toString())
                        .addKeyPath(here.key().toString()));
        int port = await(vertx.createHttpServer(http2)
                        .requestHandler(request -> request.response().reset(Refusal.REFUSED_STREAM))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        MicroException refusal = refusal("127.0.0.1:" + port, trusting(TlsOptions.ON, here));
        assertThat(refusal.code()).isEqualTo(503);
        assertThat(refusal.retryable()).isTrue();
    }
}
