package dev.vertxmicro.transport.http;

import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.TransportContract;
import dev.vertxmicro.testkit.server.TestCertificate;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract over TLS: requests by HTTP/2, since both ends are ours; streams by HTTP/1.1. */
class HttpsTransportTest extends TransportContract {
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path directory;

    private static TlsOptions tls = TlsOptions.ON;

    @BeforeAll
    static void certify() {
        TestCertificate certificate = TestCertificate.create(directory, "server", "ip:127.0.0.1");
        String file = certificate.certificate().toString();
        tls = TlsOptions.ON.withCertificate(file, certificate.key().toString()).withTrust(List.of(file));
    }

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Transport transport() {
        return HttpTransport.create(VERTX, HttpTransportOptions.DEFAULTS.withTls(tls));
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
