package dev.vertxmicro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @TempDir
    Path directory;

    private Instant now = Instant.now();

    private List<X509Certificate> chain(int days) throws Exception {
        TestCertificate made = TestCertificate.create(directory, "leaf", "dns:leaf", 0, days);
        try (InputStream in = Files.newInputStream(made.certificate())) {
            return List.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
    }

    @Test
    void warnsFourteenDaysBeforeTheEndAndEachDayFromThen() throws Exception {
        Certificates certificates = new Certificates(() -> now);
        List<X509Certificate> chain = chain(30);
        Instant end = chain.get(0).getNotAfter().toInstant();
        certificates.known("leaf.pem", chain);
        try (RecordedLogs logs = RecordedLogs.of(Certificates.class)) {
            now = end.minus(Duration.ofDays(14));
            certificates.warn();
            assertThat(logs.count()).isZero();
            now = now.plusSeconds(1);
            certificates.warn();
            certificates.warn();
            assertThat(logs.next()).isEqualTo("tls: certificate leaf.pem (CN=leaf) expires at " + end + ", in 13 days");
            now = now.plus(Duration.ofHours(23));
            certificates.warn();
            assertThat(logs.count()).isEqualTo(1);
            now = now.plus(Duration.ofHours(1));
            certificates.warn();
            assertThat(logs.next()).endsWith(", in 12 days");
            assertThat(certificates.valid()).isTrue();
            now = end.plusSeconds(1);
            certificates.warn();
            assertThat(logs.next()).isEqualTo("tls: certificate leaf.pem (CN=leaf) expired at " + end);
            assertThat(certificates.valid()).isFalse();
        }
    }

    @Test
    void tellsOperatorsUntilWhenEachIsValid() throws Exception {
        Certificates certificates = new Certificates(() -> now);
        List<X509Certificate> chain = chain(30);
        Instant end = chain.get(0).getNotAfter().toInstant();
        certificates.known("leaf.pem", chain);
        assertThat(certificates.expiries()).containsExactly(new Certificates.Expiry("leaf.pem", "CN=leaf", end));
        now = end.minus(Duration.ofDays(3));
        assertThat(certificates.toJson().getJsonArray("certificates").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("file", "leaf.pem")
                        .put("subject", "CN=leaf")
                        .put("notAfter", end.toString())
                        .put("daysLeft", 3L));
    }
}
