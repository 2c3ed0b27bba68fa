package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real OpenTelemetry Collector on ports of its own of 127.0.0.1, which writes what it gets into a file. Closing it kills it.
 *
 * <p>The program is {@link Requirement#OTELCOL}.
 */
public final class OtelCollector implements AutoCloseable {
    private final int port;
    private final Path file;
    private final ServerProcess process;

    private OtelCollector(Path directory, int port) {
        this.port = port;
        this.file = directory.resolve("otlp-" + port + ".jsonl");
        Path configuration = directory.resolve("otelcol-" + port + ".yaml");
        List<String> lines = List.of(
                "receivers: {otlp: {protocols: {http: {endpoint: \"127.0.0.1:" + port + "\"}}}}",
                "exporters: {file: {path: \"" + file + "\", flush_interval: 100ms}}",
                "service: {telemetry: {metrics: {level: none}}, pipelines: {traces: {receivers: [otlp], exporters: [file]}}}");
        try {
            Files.write(configuration, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of(Requirement.OTELCOL.program(), "--config", configuration.toString());
        this.process = new ServerProcess("OpenTelemetry Collector", command, directory.resolve("otelcol.log"));
    }

    /** A span as it arrived: its service, name, kind (2 server, 3 client, 4 producer, 5 consumer) and ids, the parent's empty for a root. */
    public record Collected(
            String service, String name, int kind, String traceId, String spanId, String parentSpanId) {}

    /**
     * Starts a collector.
     *
     * @param directory for its files
     * @return the collector, ready
     */
    public static OtelCollector start(Path directory) {
        Requirement.OTELCOL.check();
        OtelCollector collector = new OtelCollector(directory, FreePorts.next());
        collector.process.start();
        collector.process.await(collector::listens);
        return collector;
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Gives the address for OTLP over HTTP.
     *
     * @return the URL, without a path
     */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /**
     * Ends the collector, which writes the last it got, and reads what came.
     *
     * @return the spans, in the order in which they came
     */
    public List<Collected> stop() {
        process.stop();
        List<Collected> spans = new ArrayList<>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                objects(new JsonObject(line), "resourceSpans").forEach(resource -> read(resource, spans));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spans;
    }

    private static void read(JsonObject resource, List<Collected> spans) {
        String service = objects(resource.getJsonObject("resource"), "attributes").stream()
                .filter(attribute -> "service.name".equals(attribute.getString("key")))
                .map(attribute -> attribute.getJsonObject("value").getString("stringValue"))
                .findFirst()
                .orElse("");
        for (JsonObject scope : objects(resource, "scopeSpans")) {
            for (JsonObject span : objects(scope, "spans")) {
                spans.add(new Collected(
                        service,
                        span.getString("name"),
                        span.getInteger("kind"),
                        span.getString("traceId"),
                        span.getString("spanId"),
                        span.getString("parentSpanId", "")));
            }
        }
    }

    private static List<JsonObject> objects(JsonObject json, String key) {
        JsonArray array = json.getJsonArray(key, new JsonArray());
        return array.stream().map(JsonObject.class::cast).toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
