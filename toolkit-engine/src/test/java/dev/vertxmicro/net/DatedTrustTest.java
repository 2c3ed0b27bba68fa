package dev.vertxmicro.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.server.TestCertificate;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatedTrustTest {
    @TempDir
    static Path directory;

    private static X509Certificate named;
    private static X509Certificate other;
    private Instant now = Instant.now();

    @BeforeAll
    static void certify() throws Exception {
        named = load(TestCertificate.create(directory, "named", "dns:named", 0, 10));
        other = load(TestCertificate.create(directory, "other", "dns:other", 0, 10_000));
    }

    private static X509Certificate load(TestCertificate files) throws Exception {
        try (InputStream in = Files.newInputStream(files.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private DatedTrust trusting(List<X509Certificate> anchors) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (X509Certificate anchor : anchors) {
            store.setCertificateEntry("a" + store.size(), anchor);
        }
        return new DatedTrust(store, () -> now);
    }

    private static X509Certificate[] chain(X509Certificate... certificates) {
        return certificates;
    }

    @Test
    void believesANamedCertificateOnlyWhileItIsValid() throws Exception {
        DatedTrust manager = trusting(List.of(named, other));
        now = named.getNotBefore().toInstant();
        manager.checkServerTrusted(chain(named), "ECDHE_ECDSA");
        manager.checkClientTrusted(chain(named), "ECDHE_ECDSA");
        now = named.getNotAfter().toInstant();
        manager.checkServerTrusted(chain(named), "ECDHE_ECDSA");

        now = named.getNotAfter().toInstant().plusMillis(1);
        String expired =
                "certificate of CN=named expired at " + named.getNotAfter().toInstant();
        assertThatThrownBy(() -> manager.checkServerTrusted(chain(named), "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class)
                .hasMessage(expired);
        assertThatThrownBy(() -> manager.checkClientTrusted(chain(named), "ECDHE_ECDSA"))
                .hasMessage(expired);

        now = named.getNotBefore().toInstant().minusMillis(1);
        assertThatThrownBy(() -> manager.checkServerTrusted(chain(named), "ECDHE_ECDSA"))
                .hasMessage("certificate of CN=named is not valid before "
                        + named.getNotBefore().toInstant());
    }

    @Test
    void believesAnAuthorityOnlyWhileItIsValid() throws Exception {
        X509Certificate authority = load(TestCertificate.create(directory, "authority", "dns:authority", 0, 10));
        TestCertificate.create(directory, "leaf", "dns:leaf");
        keytool("leaf", "-certreq", "-file", file("leaf.csr"));
        keytool("authority", "-gencert", "-infile", file("leaf.csr"), "-outfile", file("leaf.crt"), "-validity", "90");
        X509Certificate leaf = load(new TestCertificate(directory.resolve("leaf.crt"), directory.resolve("leaf.key")));
        DatedTrust manager = trusting(List.of(authority, named));
        now = Instant.now();
        manager.checkServerTrusted(chain(leaf), "ECDHE_ECDSA");
        now = authority.getNotAfter().toInstant().plus(Duration.ofDays(1));
        assertThatThrownBy(() -> manager.checkServerTrusted(chain(leaf), "ECDHE_ECDSA"))
                .hasMessageStartingWith("certificate of CN=authority expired at 20");
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void keytool(String store, String... what) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(what));
        command.addAll(List.of("-alias", "test", "-keystore", file(store + ".p12"), "-storepass", "changeit"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void believesTheOthersWhenOneHasExpired() throws Exception {
        DatedTrust manager = trusting(List.of(named, other));
        now = named.getNotAfter().toInstant().plus(Duration.ofDays(1));
        assertThatCode(() -> manager.checkServerTrusted(chain(other), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesWhomNobodyNamed() throws Exception {
        assertThatThrownBy(() -> trusting(List.of(named)).checkServerTrusted(chain(other), "ECDHE_ECDSA"))
                .isInstanceOf(CertificateException.class);
        DatedTrust nobody = trusting(List.of(named));
        now = named.getNotAfter().toInstant().plus(Duration.ofDays(1));
        assertThatThrownBy(() -> nobody.checkServerTrusted(chain(other), "ECDHE_ECDSA"))
                .hasMessage("no certificate that is trusted is valid today");
    }
}
