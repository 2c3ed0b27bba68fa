package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A real Prometheus on a port of its own of 127.0.0.1, which reads one page of metrics each second. Closing it kills it.
 *
 * <p>The program is {@link Requirement#PROMETHEUS}.
 */
public final class Prometheus implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final int port = FreePorts.next();
    private final ServerProcess process;

    private Prometheus(Path directory, Path settings) {
        process = new ServerProcess(
                "Prometheus",
                List.of(
                        Requirement.PROMETHEUS.program(),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port),
                directory.resolve("prometheus.log"));
    }

    /**
     * Starts a server.
     *
     * @param directory for its data and its log
     * @param target    {@code host:port} with the page {@code /metrics}
     * @param rules     files of rules, perhaps none
     * @return the server, ready
     */
    public static Prometheus start(Path directory, String target, Path... rules) {
        Requirement.PROMETHEUS.check();
        StringBuilder settings = new StringBuilder("global: {scrape_interval: 1s, evaluation_interval: 1s}\n");
        settings.append("rule_files:\n");
        for (Path rule : rules) {
            settings.append("  - '").append(rule.toAbsolutePath()).append("'\n");
        }
        settings.append("scrape_configs: [{job_name: services, static_configs: [{targets: ['")
                .append(target)
                .append("']}]}]\n");
        Path file = directory.resolve("prometheus.yml");
        try {
            Files.writeString(file, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Prometheus server = new Prometheus(directory, file);
        server.process.start();
        server.process.await(() -> server.get("/-/ready").contains("Ready"));
        return server;
    }

    /**
     * Asks until the answer is as wanted, or patience is at its end.
     *
     * @param expression in Prometheus' language
     * @param wanted     tells whether the answer will do
     * @return the answer's {@code data}
     */
    public JsonObject query(String expression, Predicate<JsonObject> wanted) {
        String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonObject[] last = {new JsonObject()};
        process.await(() -> {
            String answer = get(path);
            last[0] = answer.startsWith("{") ? new JsonObject(answer).getJsonObject("data", new JsonObject()) : last[0];
            return !last[0].isEmpty() && wanted.test(last[0]);
        });
        return last[0];
    }

    /**
     * Reads a page of its API.
     *
     * @param path with the query
     * @return what it answers, whatever the status; empty if it cannot be reached
     */
    public String get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
