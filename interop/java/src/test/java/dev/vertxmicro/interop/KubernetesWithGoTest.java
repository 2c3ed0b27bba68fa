package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.KubernetesRegistry;
import dev.vertxmicro.registry.kubernetes.KubernetesRegistryOptions;
import dev.vertxmicro.testkit.program.ChildProcess;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.KubeApiServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services of either side in pods of a real API server. go-plugins does not start without the files of a service account, so it is given them as in a pod, with the rights of
 * conf/kubernetes-rbac.yaml.
 */
@Requires({Requirement.KUBERNETES, Requirement.GO, Requirement.NETWORK})
class KubernetesWithGoTest {
    /** What Kubernetes mounts into a pod, for one process: others do not see it. */
    private static final String MOUNTED =
            "mount -t tmpfs none /run && mkdir -p /run/secrets/kubernetes.io && cp -r \"$0\" /run/secrets/kubernetes.io/serviceaccount && exec \"$@\"";

    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static Path account = Path.of("");
    private static @Nullable KubeApiServer server;
    private static @Nullable KubernetesRegistry registry;
    private static @Nullable GoProgram go;

    @BeforeAll
    static void start() {
        KubeApiServer started = KubeApiServer.start(directory);
        server = started;
        account = started.account(Path.of("..", "..", "conf", "kubernetes-rbac.yaml"), "vertx-micro");
        List.of("go-server", "go-client", "java-server").forEach(started::runPod);
        registry = KubernetesRegistry.create(
                VERTX,
                KubernetesRegistryOptions.DEFAULTS
                        .withAddresses(List.of(started.address()))
                        .withToken(Secret.of(KubeApiServer.ADMIN))
                        .withRequestTimeout(Duration.ofSeconds(20))
                        .withTls(TlsOptions.ON.withTrust(
                                List.of(started.certificate().toString()))));
        go = GoProgram.build("interop/go-plugins");
    }

    @AfterAll
    static void stop() {
        Await.result(registry().close());
        Await.result(VERTX.close());
        Objects.requireNonNull(server).close();
    }

    private static KubernetesRegistry registry() {
        return Objects.requireNonNull(registry);
    }

    private static GoProcess go(String pod, String command, String name) {
        List<String> inPod = List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                MOUNTED,
                account.toString(),
                "env",
                "HOSTNAME=" + pod,
                "KUBERNETES_SERVICE_HOST=127.0.0.1",
                "KUBERNETES_SERVICE_PORT=" + Objects.requireNonNull(server).port());
        return Objects.requireNonNull(go)
                .start(
                        inPod,
                        List.of(
                                command,
                                name,
                                "--registry=kubernetes",
                                "--server_address=127.0.0.1:0",
                                "--broker_address=127.0.0.1:0"));
    }

    private static JsonObject answer(String command, String name, String key) {
        try (ChildProcess asked = go("go-client", command, name)) {
            JsonObject answer = new JsonObject(asked.await("\"" + key + "\""));
            assertThat(asked.exitCode()).isZero();
            return answer;
        }
    }

    private static JsonObject descriptor(String name) {
        JsonObject own = new JsonObject()
                .put("pod", "java-server")
                .put("address", Objects.requireNonNull(server).address())
                .put("requestTimeout", "20s")
                .put("tokenFile", account.resolve("token").toString())
                .put(
                        "tls",
                        new JsonObject()
                                .put(
                                        "trust",
                                        new JsonArray()
                                                .add(account.resolve("ca.crt").toString())));
        return new JsonObject()
                .put("service", new JsonObject().put("name", name).put("version", "1.0.0"))
                .put("registry", new JsonObject().put("type", "kubernetes").put("kubernetes", own));
    }

    private static Node onlyNode(String name) {
        List<ServiceInfo> found = Await.result(registry().get(name));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).nodes()).hasSize(1);
        return found.get(0).nodes().get(0);
    }

    @Test
    void goFindsListsWatchesAndCallsOurs() {
        JavaProcess server = JavaProcess.start(
                "dev.vertxmicro.launcher.MicroLauncher",
                "run",
                "examples.GreeterVerticle",
                "-conf",
                descriptor("greeter").encode(),
                "--server_address=127.0.0.1:0",
                "--register_ttl=10",
                "--register_interval=1");
        try (GoProcess watch = go("go-client", "watch", "-");
                server) {
            watch.await("\"watching\"");
            server.await("Registering node: greeter-");
            Node node = onlyNode("greeter");
            JsonArray found = answer("get", "greeter", "found").getJsonArray("found");
            JsonObject service = found.getJsonObject(0);
            assertThat(service.getString("version")).isEqualTo("1.0.0");
            assertThat(service.getJsonArray("endpoints").getJsonObject(0).getString("name"))
                    .isEqualTo("Greeter.Hello");
            JsonObject seen = service.getJsonArray("nodes").getJsonObject(0);
            assertThat(seen.getString("id")).isEqualTo(node.id());
            assertThat(seen.getString("address")).isEqualTo(node.address());
            assertThat(seen.getJsonObject("metadata").getString("protocol")).isEqualTo("mucp");
            assertThat(answer("list", "-", "services").getJsonArray("services")).contains("greeter");
            assertThat(answer("hello", "greeter", "greeting").getString("greeting"))
                    .isEqualTo("Hello Go");
            // go-plugins' watch passes over the first registration of a pod, and tells of the next change: a renewal.
            assertThat(watch.await("\"create\"")).contains("\"service\":\"greeter\"", node.id());
            server.terminate();
            assertThat(watch.await("\"delete\"")).contains("\"service\":\"greeter\"", node.id());
            assertThat(Await.result(registry().get("greeter"))).isEmpty();
        }
    }

    @Test
    void ourKilledNodeIsForgottenWhenItsTimeHasPassed() {
        Duration ttl = Duration.ofSeconds(3);
        RecordingWatcher changes = RecordingWatcher.of("killed");
        Await.result(registry().watch("killed", changes));
        try (JavaProcess server = JavaProcess.start(
                "dev.vertxmicro.launcher.MicroLauncher",
                "run",
                "examples.GreeterVerticle",
                "-conf",
                descriptor("killed").encode(),
                "--server_address=127.0.0.1:0",
                "--register_ttl=3",
                "--register_interval=1")) {
            server.await("Registering node: killed-");
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            server.close();
            long killed = System.nanoTime();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(ttl.plusSeconds(1));
        }
    }

    @Test
    void weFindListWatchAndCallThoseOfGo() {
        RecordingWatcher changes = RecordingWatcher.of("go.greeter");
        Await.result(registry().watch("go.greeter", changes));
        try (GoProcess server = go("go-server", "serve", "go.greeter")) {
            JsonObject serving = new JsonObject(server.await("\"serving\""));
            RegistryChange created = changes.next();
            assertThat(created.action()).isEqualTo(Action.CREATE);
            assertThat(created.service().version()).isEqualTo("1.0.0");
            assertThat(created.service().endpoints())
                    .anyMatch(endpoint -> endpoint.name().equals("Greeter.Hello"));
            Node node = onlyNode("go.greeter");
            assertThat(node.id()).isEqualTo(serving.getString("id"));
            assertThat(node.address()).isEqualTo(serving.getString("address"));
            assertThat(node.metadata()).containsEntry("protocol", "mucp").containsEntry("registry", "kubernetes");
            assertThat(Await.result(registry().list())).contains("go.greeter");
            try (JavaProcess call = JavaProcess.start(
                    "dev.vertxmicro.launcher.MicroLauncher",
                    "call",
                    "go.greeter",
                    "Greeter.Hello",
                    "{\"name\":\"davie\"}",
                    "-conf",
                    descriptor("caller").encode())) {
                call.await("Hello davie");
                assertThat(call.exitCode()).isZero();
            }
            server.endInput();
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        }
    }
}
