package dev.vertxmicro.cli.cert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertCommandTest {
    @TempDir
    Path directory;

    private void run(String... words) {
        CertCommand command = new CertCommand();
        List<String> all = new ArrayList<>(List.of("--dir=" + directory));
        all.addAll(List.of(words));
        command.run(CommandLine.parse(command.usage(), all));
    }

    private X509Certificate read(String name) throws Exception {
        try (var in = Files.newInputStream(directory.resolve(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private void vouchedFor(X509Certificate leaf) throws Exception {
        PKIXParameters trusting = new PKIXParameters(Set.of(new TrustAnchor(read("ca"), null)));
        trusting.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), trusting);
    }

    @Test
    void makesAnAuthorityAndCertificatesThatItVouchesFor() throws Exception {
        run("greeter", "--san=dns:greeter.local,ip:10.0.0.5,uri:spiffe://example/greeter", "--days=7");
        X509Certificate leaf = read("greeter");
        vouchedFor(leaf);
        assertThat(leaf.getSubjectX500Principal().getName()).isEqualTo("CN=greeter");
        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("greeter.local", "10.0.0.5", "spiffe://example/greeter");
        assertThat(leaf.getBasicConstraints()).as("no authority").isEqualTo(-1);
        assertThat(Duration.between(Instant.now(), leaf.getNotAfter().toInstant()))
                .isBetween(Duration.ofDays(6), Duration.ofDays(7));
        X509Certificate authority = read("ca");
        run("shop");
        vouchedFor(read("shop"));
        assertThat(read("ca")).as("the same for both").isEqualTo(authority);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("greeter.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNothing() throws Exception {
        run("ca");
        X509Certificate authority = read("ca");
        assertThatThrownBy(() -> run("ca")).hasMessageContaining("ca.pem is there already");
        Files.writeString(directory.resolve("greeter.key"), "mine");
        assertThatThrownBy(() -> run("greeter")).hasMessageContaining("greeter.key is there already");
        assertThat(directory.resolve("greeter.key")).hasContent("mine");
        assertThat(directory.resolve("greeter.pem")).doesNotExist();
        assertThat(read("ca")).isEqualTo(authority);
    }

    @Test
    void makesNoSecondAuthorityWhereHalfOfOneIsThere() throws Exception {
        Files.writeString(directory.resolve("ca.pem"), "half");
        assertThatThrownBy(() -> run("greeter")).hasMessageContaining("ca.pem is there already");
        assertThat(directory.resolve("ca.pem")).hasContent("half");
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("../x", "a b", "-x.", "a/b", "x".repeat(64))) {
            LaunchException refusal = Assertions.catchThrowableOfType(LaunchException.class, () -> run("--", name));
            assertThat(refusal).as(name).isNotNull();
        }
        assertThatThrownBy(() -> run("x", "--san=host")).hasMessageContaining("--san: \"host\" (expected: ");
        assertThatThrownBy(() -> run("x", "--san=dns:a -ext bc=ca:true"))
                .hasMessageContaining("(expected: dns:NAME, ip:ADDRESS or uri:URI, commas between)");
        assertThatThrownBy(() -> run("x", "--days=0")).hasMessageContaining("--days: 0");
        assertThatThrownBy(() -> run("x", "--days=999999")).hasMessageContaining("--days: 999999");
    }
}
