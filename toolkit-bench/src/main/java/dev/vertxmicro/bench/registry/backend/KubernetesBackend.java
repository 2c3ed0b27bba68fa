package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.KubernetesRegistry;
import dev.vertxmicro.registry.kubernetes.KubernetesRegistryOptions;
import dev.vertxmicro.registry.kubernetes.wire.PodKeys;
import dev.vertxmicro.registry.kubernetes.wire.PodPatch;
import dev.vertxmicro.testkit.server.KubeApiServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One API server of Kubernetes, with a pod for each node. */
public final class KubernetesBackend implements Backend {
    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String POD = "event";

    private final KubeApiServer server;

    private KubernetesBackend(KubeApiServer server) {
        this.server = server;
    }

    /**
     * Starts one, with a pod for clients and one for the bare client.
     *
     * @param directory for its files
     * @return the server, ready
     */
    public static Backend start(Path directory) {
        KubeApiServer server = KubeApiServer.start(directory);
        server.runPod(POD);
        server.runPod(BareService.NAME);
        return new KubernetesBackend(server);
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public double goalMillis() {
        return 200;
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public Registry registry(Vertx vertx, String address) {
        return KubernetesRegistry.create(
                vertx,
                KubernetesRegistryOptions.DEFAULTS
                        .withAddresses(List.of(address))
                        .withPod(POD)
                        .withToken(Secret.of(KubeApiServer.ADMIN))
                        .withTls(TlsOptions.ON.withTrust(
                                List.of(server.certificate().toString()))));
    }

    /** Makes a pod for each node, as a process there would have told it. */
    @Override
    public void fill(Vertx vertx, List<ServiceInfo> services) throws Exception {
        ParallelWrites.each(services, this::pod);
    }

    private void pod(ServiceInfo service) {
        String name = service.nodes().get(0).id();
        String ending = PodKeys.ending(service.name()).orElseThrow();
        PodPatch told = new PodPatch();
        told.put(ending, ending, service, Optional.empty());
        JsonObject pod = new JsonObject(told.body());
        JsonObject metadata = pod.getJsonObject("metadata").put("name", name);
        metadata.getJsonObject("annotations").remove(PodKeys.RENEWED_PREFIX + ending);
        JsonObject container = new JsonObject().put("name", "c").put("image", "i");
        pod.put("spec", new JsonObject().put("containers", new JsonArray().add(container)));
        server.request("POST", PODS, pod.encode());
        server.phase(name, "Running");
    }

    @Override
    public EventPath bare(Vertx vertx) {
        return new BareKubernetes(vertx, BareService.port(address()), server.certificate());
    }

    @Override
    public void close() {
        server.close();
    }
}
