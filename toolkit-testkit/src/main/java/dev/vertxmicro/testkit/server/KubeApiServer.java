package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A real API server of Kubernetes, with an etcd of its own beneath it, on ports of 127.0.0.1: no controllers, no nodes, so that pods are what a test writes. Rights are those
 * of RBAC; {@link #ADMIN} has all. It can be stopped and started again, with what it knew or without. Closing it kills both processes.
 *
 * <p>The programs are those of {@link Requirement#KUBERNETES}.
 */
public final class KubeApiServer implements AutoCloseable {
    /** The token of who may do all. */
    public static final String ADMIN = "admin-token";

    /** The token of the user {@code somebody}, who may do nothing until a binding says so. */
    public static final String SOMEBODY = "somebody-token";

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int KEY_BITS = 2048;

    private final Path directory;
    private final int port = FreePorts.next();
    private final TestCertificate certificate;
    private final HttpClient client;
    private final ServerProcess etcd;
    private final ServerProcess api;

    private KubeApiServer(Path parent) {
        this.directory = parent.resolve("kube-" + port);
        try {
            Files.createDirectories(directory);
            certificate = TestCertificate.create(directory, "kube", "ip:127.0.0.1,dns:localhost");
            client = HttpClient.newBuilder()
                    .sslContext(trusting(certificate.certificate()))
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            writeKeys();
            Files.writeString(
                    directory.resolve("tokens.csv"),
                    ADMIN + ",admin,u1,\"system:masters\"\n" + SOMEBODY + ",somebody,u2\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        int store = FreePorts.next();
        etcd = new ServerProcess("etcd of Kubernetes", etcdCommand(store), directory.resolve("etcd.log"));
        api = new ServerProcess("API server of Kubernetes", apiCommand(store), directory.resolve("api.log"));
    }

    private List<String> etcdCommand(int store) {
        String own = "http://127.0.0.1:" + FreePorts.next();
        return List.of(
                Requirement.ETCD.program(),
                "--name=kube",
                "--data-dir=" + directory.resolve("etcd"),
                "--listen-client-urls=http://127.0.0.1:" + store,
                "--advertise-client-urls=http://127.0.0.1:" + store,
                "--listen-peer-urls=" + own,
                "--initial-advertise-peer-urls=" + own,
                "--initial-cluster=kube=" + own);
    }

    private List<String> apiCommand(int store) {
        return List.of(
                Requirement.KUBERNETES.program(),
                "--etcd-servers=http://127.0.0.1:" + store,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + directory.resolve("certs"),
                "--tls-cert-file=" + certificate.certificate(),
                "--tls-private-key-file=" + certificate.key(),
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://kubernetes.test",
                "--service-account-key-file=" + directory.resolve("accounts.pub"),
                "--service-account-signing-key-file=" + directory.resolve("accounts.key"),
                "--token-auth-file=" + directory.resolve("tokens.csv"),
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--endpoint-reconciler-type=none");
    }

    private void writeKeys() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        KeyPair keys = generator.generateKeyPair();
        writePem("accounts.key", "PRIVATE KEY", keys.getPrivate().getEncoded());
        writePem("accounts.pub", "PUBLIC KEY", keys.getPublic().getEncoded());
    }

    private void writePem(String file, String label, byte[] bytes) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n");
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            trusted.setCertificateEntry(
                    "kube", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /**
     * Starts one that knows nothing.
     *
     * @param directory for its data, keys and logs
     * @return the server, ready, with the namespace {@code default}
     */
    public static KubeApiServer start(Path directory) {
        Requirement.KUBERNETES.check();
        KubeApiServer server = new KubeApiServer(directory);
        server.start();
        return server;
    }

    /** Starts it again, with what its etcd has kept, and waits until it is ready. Does nothing if it runs. */
    public void start() {
        etcd.start();
        api.start();
        api.await(() -> ask("GET", "/readyz", "").endsWith("ok")
                && ask("GET", "/api/v1/namespaces/default", "").contains("\"uid\""));
    }

    /** Ends the API server as an upgrade does, and waits for it; its etcd runs on. */
    public void stop() {
        api.stop();
    }

    /** Kills the API server (SIGKILL) and waits for it; its etcd runs on. */
    public void kill() {
        api.kill();
    }

    /** Kills both and deletes all that they knew. */
    public void wipe() {
        api.kill();
        etcd.kill();
        try (Stream<Path> files = Files.walk(directory.resolve("etcd"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives the address that clients use, over TLS.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * Gives its port.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * Gives the certificate that it shows.
     *
     * @return the file, PEM
     */
    public Path certificate() {
        return certificate.certificate();
    }

    /**
     * Makes a pod of the namespace {@code default} that runs, as a node would.
     *
     * @param name of the pod
     */
    public void runPod(String name) {
        request(
                "POST",
                "/api/v1/namespaces/default/pods",
                "{\"metadata\":{\"name\":\"" + name
                        + "\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        phase(name, "Running");
    }

    /**
     * Says how a pod is.
     *
     * @param name  of the pod
     * @param phase such as {@code Running}
     */
    public void phase(String name, String phase) {
        request(
                "PATCH",
                "/api/v1/namespaces/default/pods/" + name + "/status",
                "{\"status\":{\"phase\":\"" + phase + "\",\"podIP\":\"127.0.0.1\"}}");
    }

    /**
     * Deletes a pod on the spot.
     *
     * @param name of the pod
     */
    public void deletePod(String name) {
        request("DELETE", "/api/v1/namespaces/default/pods/" + name + "?gracePeriodSeconds=0", "");
    }

    /**
     * Makes a service account of the namespace {@code default} with the rights of a manifest, as {@code kubectl apply} does, and what Kubernetes puts into the pods that run by it.
     *
     * @param manifest YAML of a ServiceAccount, a Role and a RoleBinding, in this order
     * @param account  name of the account
     * @return a folder with the files {@code token}, {@code ca.crt} and {@code namespace}
     */
    public Path account(Path manifest, String account) {
        List<String> paths = List.of(
                "/api/v1/namespaces/default/serviceaccounts",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
                "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings");
        Path folder = directory.resolve("account-" + account);
        try {
            String[] parts = Files.readString(manifest).split("(?m)^---$", -1);
            for (int i = 0; i < paths.size(); i++) {
                // A binding without a namespace means that it is applied to.
                String part = parts[i].replace(
                        "  - kind: ServiceAccount\n", "  - kind: ServiceAccount\n    namespace: default\n");
                checked("POST", paths.get(i), ask("POST", paths.get(i), part, "application/yaml"));
            }
            String asked = request("POST", paths.get(0) + "/" + account + "/token", "{}");
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("token"), asked.replaceFirst("(?s).*\"token\":\\s*\"([^\"]+)\".*", "$1"));
            Files.writeString(folder.resolve("namespace"), "default");
            Files.copy(certificate.certificate(), folder.resolve("ca.crt"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request as {@link #ADMIN}.
     *
     * @param method of HTTP; a PATCH is a merge patch
     * @param path   with the query
     * @param body   empty for none
     * @return the answer
     * @throws AssertionError if it is refused, or nobody answers
     */
    public String request(String method, String path, String body) {
        return checked(method, path, ask(method, path, body));
    }

    private static String checked(String method, String path, String answer) {
        if (answer.isEmpty()
                || answer.contains("\"status\":\"Failure\"")
                || answer.contains("\"status\": \"Failure\"")) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return answer;
    }

    private String ask(String method, String path, String body) {
        return ask(method, path, body, method.equals("PATCH") ? MERGE_PATCH : "application/json");
    }

    private String ask(String method, String path, String body, String type) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + address() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + ADMIN)
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        api.close();
        etcd.close();
    }
}
