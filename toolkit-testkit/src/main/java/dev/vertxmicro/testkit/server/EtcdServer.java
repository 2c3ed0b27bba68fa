package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real etcd on ports of its own of 127.0.0.1, which can be stopped, killed and started again there, with its data or without. Closing
 * it kills it.
 *
 * <p>The program is {@link Requirement#ETCD}.
 */
public final class EtcdServer implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port;
    private final int metrics;
    private final Path data;
    private final ServerProcess process;

    private record Ports(int client, int peer, int metrics) {
        static Ports free() {
            return new Ports(FreePorts.next(), FreePorts.next(), FreePorts.next());
        }

        String member() {
            return "m" + peer + "=http://127.0.0.1:" + peer;
        }
    }

    private EtcdServer(Path directory, Ports ports, String cluster, String scheme, List<String> options) {
        this.port = ports.client();
        this.metrics = ports.metrics();
        this.data = directory.resolve("etcd-" + port);
        String client = scheme + "://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + ports.peer();
        List<String> command = new ArrayList<>(List.of(Requirement.ETCD.program(), "--name=m" + ports.peer()));
        command.addAll(List.of("--data-dir=" + data, "--unsafe-no-fsync", "--logger=zap"));
        command.addAll(List.of("--listen-client-urls=" + client, "--advertise-client-urls=" + client));
        command.addAll(List.of("--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer));
        command.addAll(List.of("--initial-cluster=" + cluster, "--listen-metrics-urls=http://127.0.0.1:" + metrics));
        command.addAll(options);
        process = new ServerProcess("etcd", command, directory.resolve("etcd-" + port + ".log"));
    }

    /**
     * Starts a server by itself.
     *
     * @param directory for its data and log
     * @param options   more of its command line
     * @return the server, ready
     */
    public static EtcdServer start(Path directory, String... options) {
        return single(directory, "http", options);
    }

    /**
     * Starts a server by itself that speaks TLS to clients.
     *
     * @param directory for its data and log
     * @param options   more of its command line, with its certificate
     * @return the server, ready
     */
    public static EtcdServer secured(Path directory, String... options) {
        return single(directory, "https", options);
    }

    private static EtcdServer single(Path directory, String scheme, String... options) {
        Requirement.ETCD.check();
        Ports ports = Ports.free();
        EtcdServer server = new EtcdServer(directory, ports, ports.member(), scheme, List.of(options));
        server.start();
        return server;
    }

    /**
     * Starts servers that elect one of them.
     *
     * @param directory for their data and logs
     * @param size      how many
     * @return the servers, ready
     */
    public static List<EtcdServer> cluster(Path directory, int size) {
        Requirement.ETCD.check();
        List<Ports> ports = IntStream.range(0, size).mapToObj(n -> Ports.free()).toList();
        String cluster = String.join(",", ports.stream().map(Ports::member).toList());
        List<EtcdServer> servers = ports.stream()
                .map(each -> new EtcdServer(directory, each, cluster, "http", List.of()))
                .toList();
        servers.forEach(server -> server.process.start());
        servers.forEach(EtcdServer::awaitReady);
        return servers;
    }

    /**
     * Gives the address that clients use.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * Gives the port that clients use.
     *
     * @return of 127.0.0.1
     */
    public int port() {
        return port;
    }

    /** Starts the server again, on the same ports, with the data it has. Does nothing if it runs. */
    public void start() {
        process.start();
        awaitReady();
    }

    /** Starts the server again, on the same ports, without its data. */
    public void startEmpty() {
        forget();
        start();
    }

    private void forget() {
        try (Stream<Path> files = Files.exists(data) ? Files.walk(data) : Stream.empty()) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        process.await(() -> send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metrics + "/health")))
                .contains("\"true\""));
    }

    /**
     * Sends a request by the JSON form of the API, to a server without TLS.
     *
     * @param path such as {@code /v3/kv/put}
     * @param body the request
     * @return what the server answers, whatever the status; empty if it cannot be reached
     */
    public String request(String path, JsonObject body) {
        return send(HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    /**
     * Puts a key without a lease.
     *
     * @param key   the key
     * @param value the value
     */
    public void put(String key, String value) {
        request("/v3/kv/put", new JsonObject().put("key", base64(key)).put("value", base64(value)));
    }

    /**
     * Deletes a key.
     *
     * @param key the key
     */
    public void delete(String key) {
        request("/v3/kv/deleterange", new JsonObject().put("key", base64(key)));
    }

    /**
     * Reads a key.
     *
     * @param key the key
     * @return etcd's JSON of it, with {@code value} in base64; empty if there is none
     */
    public JsonObject get(String key) {
        JsonObject answer = new JsonObject(request("/v3/kv/range", new JsonObject().put("key", base64(key))));
        return answer.containsKey("kvs") ? answer.getJsonArray("kvs").getJsonObject(0) : new JsonObject();
    }

    /** Forgets all history: a watch can begin at no earlier revision. */
    public void compact() {
        JsonObject answer = new JsonObject(request("/v3/kv/range", new JsonObject().put("key", base64("none"))));
        String revision = answer.getJsonObject("header").getString("revision");
        request("/v3/kv/compaction", new JsonObject().put("revision", revision).put("physical", true));
    }

    /**
     * Writes a text as the JSON form has keys and values.
     *
     * @param text the text
     * @return its UTF-8 in base64
     */
    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks the server to end and waits for it. */
    public void stop() {
        process.stop();
    }

    /** Kills the server (SIGKILL) and waits for it. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
