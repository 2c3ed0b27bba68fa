package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in examples-js with what conf/bridge.json deploys, in Node and in a browser. */
class JavaScriptClientTest extends BridgeFixture {
    private static final Path TOP = Path.of("..", "..");

    private final int multicast = FreePorts.next();
    private final JsonObject registry = new JsonObject()
            .put("type", "mdns")
            .put(
                    "mdns",
                    new JsonObject()
                            .put("address", "239.255.77.3:" + multicast)
                            .put("interfaces", new JsonArray().add("lo")));
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private HttpServer pages;
    private @Nullable Process process;

    @BeforeEach
    void deploySample() throws Exception {
        pages = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    String file = request.path().substring(1);
                    if (file.equals("report")) {
                        request.body().onSuccess(report -> {
                            report.toString().lines().forEach(lines::add);
                            request.response().end();
                        });
                    } else if (List.of("index.html", "micro-bus.mjs").contains(file)) {
                        String type = file.endsWith(".html") ? "text/html" : "text/javascript";
                        request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                                .sendFile(
                                        TOP.resolve("examples-js").resolve(file).toString());
                    } else {
                        request.response().setStatusCode(404).end();
                    }
                })
                .listen(0, "127.0.0.1"));
        JsonObject sample = new JsonObject(Files.readString(TOP.resolve("conf/bridge.json")));
        for (Object verticle : sample.getJsonArray("verticles")) {
            JsonObject one = (JsonObject) verticle;
            JsonObject config =
                    one.getJsonObject("options", new JsonObject()).getJsonObject("config", new JsonObject());
            await(vertx.deployVerticle(
                    one.getString("main"), new DeploymentOptions().setConfig(onPortsOfItsOwn(config))));
        }
    }

    private JsonObject onPortsOfItsOwn(JsonObject config) {
        if (config.containsKey("allow")) {
            config.getJsonObject("tcp").put("address", "127.0.0.1:" + port);
            config.getJsonObject("web")
                    .put("address", "127.0.0.1:" + webPort)
                    .put("origins", new JsonArray().add("http://127.0.0.1:" + pages.actualPort()));
        } else {
            config.put("registry", registry);
        }
        return config;
    }

    private void start(String... command) throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(TOP.toFile())
                .start();
        process = started;
        Thread reader = new Thread(() -> {
            try (BufferedReader output = started.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException ended) {
                // with the process
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    @AfterEach
    void endProcess() throws Exception {
        Process started = process;
        if (started != null) {
            started.descendants().forEach(ProcessHandle::destroyForcibly);
            started.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void assertPrints(String... expected) throws Exception {
        List<String> left = new ArrayList<>(List.of(expected));
        while (!left.isEmpty()) {
            String line = next(lines);
            assertThat(line).doesNotContain("Error");
            left.removeIf(line::contains);
        }
    }

    @Test
    @Requires(Requirement.NODE)
    void callsPublishesSubscribesAndServesInNode() throws Exception {
        start(Requirement.NODE.program(), "examples-js/clock.mjs", "tcp://127.0.0.1:" + port);
        assertPrints(
                "serving clock",
                "news from node: the clock ticks",
                "called: Europe/Berlin",
                "refused: 404 no zone Nowhere");
        JsonObject now = await(vertx.eventBus()
                        .<JsonObject>request(
                                "micro.client",
                                new JsonObject().put("zone", "Asia/Tokyo"),
                                new DeliveryOptions()
                                        .addHeader("service", "clock")
                                        .addHeader("endpoint", "Clock.Now")))
                .body();
        assertThat(now.getString("zone")).isEqualTo("Asia/Tokyo");
    }

    @Test
    @Requires(Requirement.NODE)
    void survivesABridgeThatIsNotThere() throws Exception {
        start(
                Requirement.NODE.program(),
                "--input-type=module",
                "-e",
                "import { connect } from './examples-js/micro-bus.mjs';"
                        + "connect('tcp://127.0.0.1:1').catch(() => setImmediate(() => setImmediate(() => console.log('refused'))));");
        assertPrints("refused");
        assertThat(Objects.requireNonNull(process).waitFor()).isZero();
    }

    @Test
    @Requires(Requirement.CHROMIUM)
    void callsPublishesSubscribesAndServesInABrowser(@TempDir Path profile) throws Exception {
        String origin = "http://127.0.0.1:" + pages.actualPort();
        start(
                Requirement.CHROMIUM.program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0",
                origin + "/index.html?report=/report&bridge=ws://127.0.0.1:" + webPort + "/eventbus/websocket");
        while (!next(lines).startsWith("heard: a page speaks")) {
            // what the browser itself has to say
        }
        assertThat(next(lines)).isEqualTo("called: Europe/Berlin");
        assertThat(next(lines)).isEqualTo("refused: 403");
    }
}
