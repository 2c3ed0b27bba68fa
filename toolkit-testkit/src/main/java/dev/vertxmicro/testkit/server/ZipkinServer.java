package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A real Zipkin on a port of its own of 127.0.0.1, which keeps spans in its memory. Closing it kills it.
 *
 * <p>The program is {@link Requirement#ZIPKIN}.
 */
public final class ZipkinServer implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int OK = 200;

    private final int port = FreePorts.next();
    private final ServerProcess process;

    private ZipkinServer(Path directory) {
        process = new ServerProcess(
                "Zipkin",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Requirement.ZIPKIN.program(),
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=" + port,
                        "--armeria.ports[0].protocols[0]=http",
                        "--logging.level.root=WARN"),
                directory.resolve("zipkin.log"));
    }

    /**
     * Starts a server.
     *
     * @param directory for its log
     * @return the server, ready
     */
    public static ZipkinServer start(Path directory) {
        Requirement.ZIPKIN.check();
        ZipkinServer server = new ZipkinServer(directory);
        server.process.start();
        server.process.await(() -> server.get("/health").isPresent());
        return server;
    }

    /**
     * Gives the address of its API and its pages.
     *
     * @return the URL, without a path
     */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Asks for a trace until it is as wanted, or patience is at its end.
     *
     * @param id     of the trace
     * @param wanted tells whether its spans will do
     * @return the spans, as Zipkin's API has them
     */
    public List<JsonObject> trace(String id, Predicate<List<JsonObject>> wanted) {
        List<List<JsonObject>> last = new ArrayList<>(List.of(List.<JsonObject>of()));
        process.await(() -> {
            last.set(0, get("/api/v2/trace/" + id).map(ZipkinServer::spans).orElse(List.of()));
            return wanted.test(last.get(0));
        });
        return last.get(0);
    }

    private static List<JsonObject> spans(String body) {
        return new JsonArray(body).stream().map(JsonObject.class::cast).toList();
    }

    private Optional<String> get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == OK ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
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
