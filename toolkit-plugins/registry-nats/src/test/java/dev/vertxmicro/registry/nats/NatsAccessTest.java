package dev.vertxmicro.registry.nats;

import static dev.vertxmicro.registry.nats.NatsKind.service;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.NatsServer;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real server asks of its clients: a user, a token, TLS. */
@Requires(Requirement.NATS)
class NatsAccessTest {
    private static final Duration TTL = Duration.ofSeconds(60);

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static NatsRegistryOptions options(NatsServer server) {
        return NatsRegistryOptions.DEFAULTS.withAddresses(List.of(server.address()));
    }

    private void letsIn(NatsRegistryOptions options) {
        NatsRegistry registry = NatsRegistry.create(vertx, options);
        result(registry.register(service("greeter", 1), TTL));
        assertThat(result(registry.get("greeter"))).containsExactly(service("greeter", 1));
        result(registry.close());
    }

    private void refuses(NatsRegistryOptions options, String why) {
        NatsRegistry registry = NatsRegistry.create(vertx, options);
        assertThatThrownBy(() -> result(registry.register(service("greeter", 1), TTL)))
                .hasMessageContaining("nats " + options.addresses().get(0))
                .hasMessageContaining(why)
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> result(registry.watch(change -> {}))).hasMessageContaining(why);
        result(registry.close());
    }

    @Test
    void namesItsUser() {
        try (NatsServer server = NatsServer.start(directory, "--user", "micro", "--pass", "hidden")) {
            letsIn(options(server).withUser("micro", "hidden"));
            refuses(options(server).withUser("micro", "hidden2"), "Authorization Violation");
            refuses(options(server), "Authorization Violation");
            NatsRegistry kept = NatsRegistry.inBucket(
                    vertx,
                    NatsKvOptions.DEFAULTS
                            .withAddresses(List.of(server.address()))
                            .withUser("micro", "hidden"));
            result(kept.register(service("greeter", 1), TTL));
            result(kept.close());
        }
    }

    @Test
    void showsItsToken() {
        try (NatsServer server = NatsServer.start(directory, "--auth", "hidden")) {
            letsIn(options(server).withToken(Secret.of("hidden")));
            refuses(options(server).withToken(Secret.of("hidden2")), "Authorization Violation");
        }
    }

    @Test
    void speaksTlsAndLooksAtTheCertificate() {
        TestCertificate right = TestCertificate.create(directory, "nats", "ip:127.0.0.1");
        TestCertificate other = TestCertificate.create(directory, "other", "ip:127.0.0.1");
        try (NatsServer server = secured(right)) {
            letsIn(options(server).withTls(trusting(right)));
            refuses(options(server).withTls(trusting(other)), "certification path");
            refuses(options(server).withTls(TlsOptions.ON), "certification path");
            letsIn(options(server).withTls(TlsOptions.ON.withVerify(false)));
            refuses(options(server), "SSL");
        }
    }

    @Test
    void refusesACertificateForAnotherHostOrThatHasExpired() {
        TestCertificate elsewhere = TestCertificate.create(directory, "elsewhere", "dns:elsewhere.test");
        try (NatsServer server = secured(elsewhere)) {
            refuses(options(server).withTls(trusting(elsewhere)), "127.0.0.1");
        }
        TestCertificate old = TestCertificate.create(directory, "old", "ip:127.0.0.1", -30, 20);
        try (NatsServer server = secured(old)) {
            refuses(options(server).withTls(trusting(old)), "certificate of CN=old expired at 20");
        }
    }

    @Test
    void showsItsOwnCertificate() {
        TestCertificate right = TestCertificate.create(directory, "nats", "ip:127.0.0.1");
        TestCertificate client = TestCertificate.create(directory, "client", "dns:client.test");
        try (NatsServer server = secured(
                right, "--tlsverify", "--tlscacert", client.certificate().toString())) {
            letsIn(options(server)
                    .withTls(trusting(right)
                            .withCertificate(
                                    client.certificate().toString(),
                                    client.key().toString())));
            NatsRegistry without = NatsRegistry.create(vertx, options(server).withTls(trusting(right)));
            assertThatThrownBy(() -> result(without.register(service("greeter", 1), TTL)))
                    .hasMessageContaining(server.address());
            result(without.close());
        }
    }

    private NatsServer secured(TestCertificate certificate, String... more) {
        List<String> words = new ArrayList<>(List.of("--tls"));
        words.addAll(List.of("--tlscert", certificate.certificate().toString()));
        words.addAll(List.of("--tlskey", certificate.key().toString()));
        words.addAll(List.of(more));
        return NatsServer.start(directory, words.toArray(String[]::new));
    }

    private static TlsOptions trusting(TestCertificate certificate) {
        return TlsOptions.ON.withTrust(List.of(certificate.certificate().toString()));
    }
}
