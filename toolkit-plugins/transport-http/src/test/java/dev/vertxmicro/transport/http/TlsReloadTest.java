package dev.vertxmicro.transport.http;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.Certificates;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of TLS that change while servers and clients run. */
class TlsReloadTest {
    private static final Duration OFTEN = Duration.ofMillis(20);

    @TempDir
    static Path directory;

    private static TestCertificate before;
    private static TestCertificate after;

    private final Vertx vertx = Vertx.vertx();
    private final List<Transport> used = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final RecordedLogs logs = RecordedLogs.of(Certificates.class);
    private final Path certificate = directory.resolve("live.pem");
    private final Path key = directory.resolve("live.key");

    @BeforeAll
    static void certify() {
        before = TestCertificate.create(directory, "before", "ip:127.0.0.1");
        after = TestCertificate.create(directory, "after", "ip:127.0.0.1");
    }

    @BeforeEach
    void start() throws Exception {
        replace(before.certificate(), certificate);
        replace(before.key(), key);
    }

    @AfterEach
    void stop() throws Exception {
        logs.close();
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    /** At once, as operators should. */
    private static void replace(Path from, Path to) throws IOException {
        Path beside = to.resolveSibling(to.getFileName() + ".new");
        Files.copy(from, beside, REPLACE_EXISTING);
        Files.move(beside, to, REPLACE_EXISTING);
    }

    private TlsOptions live() {
        return TlsOptions.ON
                .withCertificate(certificate.toString(), key.toString())
                .withReload(OFTEN);
    }

    private static TlsOptions trusting(Path file) {
        return TlsOptions.ON.withTrust(List.of(file.toString())).withReload(OFTEN);
    }

    private Transport transport(TlsOptions tls) {
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withTls(tls));
        used.add(transport);
        return transport;
    }

    private String serve(TlsOptions tls) throws Exception {
        return await(transport(tls)
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> Future.succeededFuture(request))
                .listen());
    }

    private boolean answers(Transport transport, String address) throws Exception {
        return await(transport
                .request(address, new Message(Metadata.EMPTY, Buffer.buffer("x")), CallContext.create())
                .map(true)
                .otherwise(false));
    }

    private boolean answers(TlsOptions caller, String address) throws Exception {
        return answers(transport(caller), address);
    }

    /** Of the server or client that is asked next; others read the same files. */
    private void awaitLine(String owner, String line) {
        String latest;
        do {
            latest = logs.next();
            said.add(latest);
        } while (!latest.startsWith("tls: " + owner + ": ") || !latest.contains(line));
    }

    /** Revokes a certificate by its own word. */
    private static Path revocation(TestCertificate revoked, String serial, String name) throws Exception {
        Path store =
                directory.resolve(revoked.certificate().getFileName().toString().replace(".pem", ".p12"));
        Path list = directory.resolve(name);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-gencrl",
                        "-rfc",
                        "-alias",
                        "test",
                        "-id",
                        serial,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-file",
                        list.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return list;
    }

    private static String serial(TestCertificate of) throws Exception {
        try (var in = Files.newInputStream(of.certificate())) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .getSerialNumber()
                    .toString();
        }
    }

    @Test
    void showsANewCertificateWithoutARestart() throws Exception {
        String address = serve(live());
        assertThat(answers(trusting(before.certificate()), address)).isTrue();
        assertThat(answers(trusting(after.certificate()), address)).isFalse();
        replace(after.certificate(), certificate);
        replace(after.key(), key);
        awaitLine("http server", "reloaded, valid until ");
        assertThat(answers(trusting(after.certificate()), address)).isTrue();
        assertThat(answers(trusting(before.certificate()), address)).isFalse();
    }

    @Test
    void keepsWhatItHasWhereNewFilesAreBrokenAndSaysSoOnce() throws Exception {
        String address = serve(live());
        assertThat(answers(trusting(before.certificate()), address)).isTrue();
        replace(after.certificate(), certificate);
        awaitLine("http server", "not reloaded, what was read before stays: the key is not that of the certificate");
        assertThat(answers(trusting(before.certificate()), address)).isTrue();
        Files.writeString(certificate, "no certificate");
        awaitLine("http server", "not reloaded, what was read before stays: no certificate in it");
        assertThat(answers(trusting(before.certificate()), address)).isTrue();
        Files.delete(certificate);
        awaitLine("http server", "not reloaded, what was read before stays: " + certificate);
        replace(after.certificate(), certificate);
        replace(after.key(), key);
        awaitLine("http server", "reloaded, valid until ");
        assertThat(answers(trusting(after.certificate()), address)).isTrue();
        assertThat(said).as("each said once").doesNotHaveDuplicates();
    }

    @Test
    void believesNewAuthoritiesWithoutARestart() throws Exception {
        Path trust = directory.resolve("trust.pem");
        replace(before.certificate(), trust);
        String address = serve(TlsOptions.ON.withCertificate(
                after.certificate().toString(), after.key().toString()));
        Transport caller = transport(trusting(trust));
        assertThat(answers(caller, address)).isFalse();
        replace(after.certificate(), trust);
        awaitLine("http client", "files of " + trust + " reloaded");
        assertThat(answers(caller, address)).isTrue();
    }

    @Test
    void refusesWhoseCertificateWasRevokedMeanwhile() throws Exception {
        TestCertificate caller = TestCertificate.create(directory, "revoked", "dns:caller.example");
        Path list = directory.resolve("live.crl");
        replace(revocation(caller, "7", "other.crl"), list);
        TlsOptions strict = live().withTrust(List.of(caller.certificate().toString()))
                .withClientAuth(true)
                .withCrl(List.of(list.toString()));
        String address = serve(strict);
        TlsOptions calling = trusting(before.certificate())
                .withCertificate(caller.certificate().toString(), caller.key().toString());
        assertThat(answers(calling, address)).isTrue();
        replace(revocation(caller, serial(caller), "own.crl"), list);
        awaitLine("http server", "reloaded");
        assertThat(answers(calling, address)).isFalse();
    }

    @Test
    void leavesFilesAloneWhereItIsToldTo() throws Exception {
        String address = serve(live().withReload(Duration.ZERO));
        replace(after.certificate(), certificate);
        replace(after.key(), key);
        assertThat(answers(trusting(before.certificate()), address)).isTrue();
    }
}
