package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a head announces is answered before the body comes. */
class ExpectTest {
    private static final RequestHandler ECHO =
            (request, peer, cancellation) -> Future.succeededFuture(new Message(Metadata.EMPTY, request.body()));

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private String serve(HttpTransportOptions options) throws Exception {
        return HttpTransport.create(vertx, options)
                .listener("127.0.0.1:0")
                .onRequest(ECHO)
                .listen()
                .await(10, TimeUnit.SECONDS);
    }

    private static HttpResponse<String> post(HttpClient client, String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).get(10, TimeUnit.SECONDS);
    }

    @Test
    void tellsTheJdksClientToGoOn() throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        HttpResponse<String> response = post(HttpClient.newHttpClient(), "http://" + address + "/", "hello");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
    }

    @Test
    void tellsTheJdksClientToGoOnOverHttp2() throws Exception {
        TestCertificate certificate = TestCertificate.create(directory, "here", "ip:127.0.0.1");
        String address = serve(HttpTransportOptions.DEFAULTS.withTls(TlsOptions.ON.withCertificate(
                certificate.certificate().toString(), certificate.key().toString())));
        HttpClient client =
                HttpClient.newBuilder().sslContext(trusting(certificate)).build();
        HttpResponse<String> response = post(client, "https://" + address + "/", "hello");
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.body()).isEqualTo("hello");
    }

    private static SSLContext trusting(TestCertificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream pem = Files.newInputStream(certificate.certificate())) {
            trusted.setCertificateEntry(
                    "here", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void writes100BeforeTheBodyAnd200After() throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(raw.read().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(raw.send("hi").read().body()).isEqualTo("hi");
            assertThat(raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nho")
                            .read()
                            .body())
                    .isEqualTo("ho");
        }
    }

    @Test
    void answersAnHttp10PeerWithout100() throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(raw.read().statusLine()).endsWith("200 OK");
        }
    }

    @Test
    void answersAnUnknownExpectationWith417AndCloses() throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nExpect: a-pony\r\nContent-Length: 2\r\n\r\n");
            assertThat(raw.read().statusLine()).startsWith("HTTP/1.1 417 ");
            assertThat(raw.closed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void refusesABodyThatIsAnnouncedTooLargeBeforeItComes(String expect) throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\n" + expect + "Content-Length: 104857600\r\n\r\n");
            assertThat(raw.read().statusLine()).startsWith("HTTP/1.1 413 ");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void letsAPeerWhoGoesOnSendingReadWhyHeIsRefused() throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n");
            raw.send(new byte[4 << 20]);
            assertThat(raw.read().statusLine()).startsWith("HTTP/1.1 413 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nhi\r\n", "-2\r\nhi\r\n", "2\r\nhiho\r\n", "fffffffffffffffff\r\n"})
    void answersABrokenChunkWith400AndCloses(String chunk) throws Exception {
        String address = serve(HttpTransportOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi");
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
            assertThat(raw.read().statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(raw.read().statusLine()).startsWith("HTTP/1.1 400 ");
            assertThat(raw.closed()).isTrue();
        }
    }
}
