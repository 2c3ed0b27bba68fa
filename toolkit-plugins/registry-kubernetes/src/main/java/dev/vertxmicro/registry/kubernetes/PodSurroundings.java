package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.kubernetes.api.ApiAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Kubernetes tells a process in a pod: where the API server is, and what its service account has. All of it is empty outside of a pod.
 *
 * @param environment variables of the process
 * @param account     folder with the files {@code token}, {@code ca.crt} and {@code namespace}
 */
record PodSurroundings(Map<String, String> environment, Path account) {
    private static final String HTTPS_PORT = "443";

    /** Those of this process. */
    static PodSurroundings ofThisProcess() {
        return new PodSurroundings(System.getenv(), Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Gives the addresses that are set, else that of the cluster around; none where neither is there. */
    List<ApiAddress> addresses(KubernetesRegistryOptions options) {
        if (!options.addresses().isEmpty()) {
            return options.addresses().stream().map(ApiAddress::parse).toList();
        }
        String host = variable("KUBERNETES_SERVICE_HOST");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", HTTPS_PORT);
        return host.isEmpty()
                ? List.of()
                : HostPort.split((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port)
                        .map(at -> List.of(new ApiAddress(at.host(), at.port(), true)))
                        .orElse(List.of());
    }

    String namespace(KubernetesRegistryOptions options) {
        if (!options.namespace().isEmpty()) {
            return options.namespace();
        }
        try {
            String own = Files.readString(account.resolve("namespace")).trim();
            return own.isEmpty() ? "default" : own;
        } catch (IOException e) {
            return "default"; // in no pod
        }
    }

    String pod(KubernetesRegistryOptions options) {
        return options.pod().isEmpty() ? variable("HOSTNAME") : options.pod();
    }

    Optional<Path> tokenFile(KubernetesRegistryOptions options) {
        if (!options.tokenFile().isEmpty()) {
            return Optional.of(Path.of(options.tokenFile()));
        }
        return options.token().isEmpty() && options.addresses().isEmpty()
                ? Optional.of(account.resolve("token"))
                : Optional.empty();
    }

    TlsOptions tls(KubernetesRegistryOptions options) {
        if (options.tls().enabled()) {
            return options.tls();
        }
        Path authority = account.resolve("ca.crt");
        return options.addresses().isEmpty() && Files.isReadable(authority)
                ? TlsOptions.ON.withTrust(List.of(authority.toString()))
                : TlsOptions.ON;
    }
}
