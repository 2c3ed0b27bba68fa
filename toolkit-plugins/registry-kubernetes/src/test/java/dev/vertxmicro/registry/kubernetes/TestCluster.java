package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.testkit.server.KubeApiServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An API server and the pods of a test. */
final class TestCluster implements AutoCloseable {
    private final Vertx vertx;
    private final Set<String> pods = new LinkedHashSet<>();
    private @Nullable KubeApiServer server;

    TestCluster(Vertx vertx) {
        this.vertx = vertx;
    }

    void start(Path directory) {
        server = KubeApiServer.start(directory);
    }

    KubeApiServer server() {
        return Objects.requireNonNull(server);
    }

    /** Runs a pod and gives the settings of the process in it. */
    KubernetesRegistryOptions pod() {
        String pod = "pod-" + (pods.size() + 1);
        pods.add(pod);
        server().runPod(pod);
        return options().withPod(pod);
    }

    /** Settings of a process in no pod. */
    KubernetesRegistryOptions options() {
        return KubernetesRegistryOptions.DEFAULTS
                .withAddresses(List.of(server().address()))
                .withToken(Secret.of(KubeApiServer.ADMIN))
                .withTls(TlsOptions.ON.withTrust(List.of(server().certificate().toString())));
    }

    KubernetesRegistry registry() {
        return registry(pod());
    }

    KubernetesRegistry registry(KubernetesRegistryOptions options) {
        return KubernetesRegistry.create(vertx, options);
    }

    /** Starts it again; where all was forgotten, nodes tell their pods anew. */
    void startAgain(boolean forgotten) {
        server().start();
        if (forgotten) {
            pods.forEach(server()::runPod);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
