package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.KubeApiServer;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server asks of its callers: a token, rights, TLS. */
@Requires(Requirement.KUBERNETES)
class KubernetesAccessTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final ServiceInfo SERVICE = new ServiceInfo(
            "greeter",
            "1.0.0",
            Map.of(),
            List.of(),
            List.of(new Node("greeter-1", "127.0.0.1:9001", Map.of("protocol", "mucp"))));

    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static final TestCluster CLUSTER = new TestCluster(VERTX);

    @BeforeAll
    static void start() {
        CLUSTER.start(directory);
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
        result(VERTX.close());
    }

    private static PodSurroundings around(String pod, Path account) {
        Map<String, String> environment = Map.of(
                "HOSTNAME",
                pod,
                "KUBERNETES_SERVICE_HOST",
                "127.0.0.1",
                "KUBERNETES_SERVICE_PORT",
                String.valueOf(CLUSTER.server().port()));
        return new PodSurroundings(environment, account);
    }

    @Test
    void needsNoSettingsInAPodAndNoMoreRightsThanTheManifestHas() {
        Path account = CLUSTER.server().account(Path.of("..", "..", "conf", "kubernetes-rbac.yaml"), "vertx-micro");
        KubernetesRegistry registry = KubernetesRegistry.create(
                VERTX, KubernetesRegistryOptions.DEFAULTS, around(CLUSTER.pod().pod(), account));
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        result(registry.register(SERVICE, TTL));
        assertThat(result(registry.get("greeter"))).containsExactly(SERVICE);
        assertThat(result(registry.list())).contains("greeter");
        result(registry.watch("greeter", changes));
        result(registry.deregister(SERVICE));
        assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        result(registry.close());
    }

    @Test
    void readsATokenAnewThatWasReplaced(@TempDir Path account) throws IOException {
        Files.copy(CLUSTER.server().certificate(), account.resolve("ca.crt"));
        Files.writeString(account.resolve("namespace"), "default\n");
        Files.writeString(account.resolve("token"), "expired");
        KubernetesRegistry registry = KubernetesRegistry.create(
                VERTX, KubernetesRegistryOptions.DEFAULTS, around(CLUSTER.pod().pod(), account));
        assertThat(failure(registry.register(SERVICE, TTL)).detail()).contains("401");
        Files.writeString(account.resolve("token"), KubeApiServer.ADMIN + "\n");
        result(registry.register(SERVICE, TTL));
        Files.delete(account.resolve("token"));
        result(registry.deregister(SERVICE));
        result(registry.close());
    }

    @Test
    void saysWhichRightIsMissing() {
        KubernetesRegistry registry = CLUSTER.registry(CLUSTER.pod().withToken(Secret.of(KubeApiServer.SOMEBODY)));
        assertThat(failure(registry.register(SERVICE, TTL)).detail())
                .contains(CLUSTER.server().address(), "403", "User \"somebody\" cannot patch resource \"pods\"");
        assertThat(failure(registry.get("greeter")).detail()).contains("cannot list resource \"pods\"");
        assertThat(failure(registry.list()).code()).isEqualTo(500);
        assertThat(failure(registry.watch(change -> {})).code()).isEqualTo(500);
        result(registry.close());
    }

    @Test
    void believesOnlyTheCertificateThatItIsToldOf() {
        TestCertificate other = TestCertificate.create(directory, "other", "ip:127.0.0.1");
        KubernetesRegistry wary = CLUSTER.registry(CLUSTER.options()
                .withTls(TlsOptions.ON.withTrust(List.of(other.certificate().toString()))));
        assertThat(failure(wary.get("greeter")).detail())
                .contains(CLUSTER.server().address() + ": tls: ");
        result(wary.close());
        KubernetesRegistry blind = CLUSTER.registry(CLUSTER.options().withTls(TlsOptions.ON.withVerify(false)));
        assertThat(result(blind.get("nobody"))).isEmpty();
        result(blind.close());
    }

    @Test
    void asksAnotherServerWhereOneIsAway() {
        String away = "127.0.0.1:" + FreePorts.next();
        KubernetesRegistry registry = CLUSTER.registry(
                CLUSTER.pod().withAddresses(List.of(away, CLUSTER.server().address())));
        result(registry.register(SERVICE, TTL));
        result(registry.watch("greeter", change -> {}));
        assertThat(result(registry.get("greeter"))).containsExactly(SERVICE);
        result(registry.close());
        KubernetesRegistry nowhere = CLUSTER.registry(CLUSTER.pod().withAddresses(List.of(away)));
        assertThat(failure(nowhere.register(SERVICE, TTL)).detail()).contains("https://" + away, "refused");
        result(nowhere.close());
    }

    @Test
    void saysWhatIsMissingOutsideOfACluster() {
        KubernetesRegistry registry = KubernetesRegistry.create(
                VERTX, KubernetesRegistryOptions.DEFAULTS, new PodSurroundings(Map.of(), directory.resolve("none")));
        assertThat(failure(registry.get("greeter")).detail())
                .isEqualTo(
                        "kubernetes: address is not set, and this process is in no pod (expected: registry.kubernetes.address,"
                                + " or KUBERNETES_SERVICE_HOST)");
        result(registry.close());
        KubernetesRegistry podless = KubernetesRegistry.create(
                VERTX, CLUSTER.options(), new PodSurroundings(Map.of(), directory.resolve("none")));
        assertThat(failure(podless.register(SERVICE, TTL)).detail()).contains("registry.kubernetes.pod");
        result(podless.close());
    }
}
