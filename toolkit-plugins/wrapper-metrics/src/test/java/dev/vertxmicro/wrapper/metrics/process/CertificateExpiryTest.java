package dev.vertxmicro.wrapper.metrics.process;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.Certificates;
import dev.vertxmicro.engine.StatusPages;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateExpiryTest {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Certificates certificates = Certificates.of(vertx);
    private List<X509Certificate> chain;
    private Instant end;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void make(@TempDir Path directory) throws Exception {
        TestCertificate made = TestCertificate.create(directory, "leaf", "dns:localhost", 0, 30);
        try (InputStream pem = Files.newInputStream(made.certificate())) {
            chain = List.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        end = chain.get(0).getNotAfter().toInstant();
    }

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private double shown() {
        return registry.get("micro.certificate.expiry")
                .tags(
                        "file",
                        "leaf.pem",
                        "subject",
                        chain.get(0).getSubjectX500Principal().getName())
                .gauge()
                .value();
    }

    @Test
    void tellsHowLongEachIsStillValidAndForgetsThoseThatAreGone() {
        CertificateExpiry expiry = new CertificateExpiry(registry, certificates, () -> now);
        now = end.minusSeconds(86_400);
        expiry.refresh();
        assertThat(registry.getMeters()).isEmpty();
        certificates.enter(this, "leaf.pem");
        certificates.known("leaf.pem", chain);
        expiry.refresh();
        assertThat(shown()).isEqualTo(86_400);
        now = end.plusSeconds(60);
        expiry.refresh();
        assertThat(shown()).isEqualTo(-60);
        certificates.leave(this);
        expiry.refresh();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void standsOnThePageInSeconds() {
        certificates.known("leaf.pem", chain);
        ProcessMetrics metrics = ProcessMetrics.join(vertx, false);
        metrics.show("", "/metrics");
        String page = result(
                        StatusPages.of(vertx).find("/metrics").orElseThrow().show(""))
                .body()
                .toString();
        assertThat(page)
                .contains("# TYPE micro_certificate_expiry_seconds gauge")
                .contains("micro_certificate_expiry_seconds{file=\"leaf.pem\",subject=\"");
        result(metrics.hide("", "/metrics"));
        metrics.leave();
    }
}
