package dev.vertxmicro.cli.trace;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.ZipkinServer;
import dev.vertxmicro.verticle.RegistryVerticle;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Zipkin has one trace of the command line, a service, another, and an event at its subscriber; the command shows it as a tree. */
@Requires(Requirement.ZIPKIN)
class ZipkinTraceTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static final Endpoint<JsonObject, JsonObject> ENROLL = json("Students.Enroll");
    private static final Endpoint<JsonObject, JsonObject> LIST = json("Grades.List");
    private static final Topic<JsonObject> ENROLLED =
            Topic.of("enrolled", JsonObject.class).withContentType("application/json");
    private static final CallOptions JSON = CallOptions.DEFAULTS.withContentType("application/json");
    private static ZipkinServer zipkin;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> services = new ArrayList<>();
    private final String address = "127.0.0.1:" + FreePorts.next();

    private static Endpoint<JsonObject, JsonObject> json(String name) {
        return Endpoint.unary(name, JsonObject.class, JsonObject.class);
    }

    @BeforeAll
    static void startZipkin(@TempDir Path directory) {
        zipkin = ZipkinServer.start(directory);
    }

    @AfterAll
    static void stopZipkin() {
        zipkin.close();
    }

    @BeforeEach
    void start() {
        JsonObject memory = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        result(vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(memory)));
        deploy(descriptor("audit", "127.0.0.1:0"), service -> service.server()
                .subscribe(ENROLLED, (message, context) -> Future.succeededFuture()));
        deploy(descriptor("grades", "127.0.0.1:0"), service -> service.server()
                .handle(LIST, (request, context) -> service.client()
                        .publish(context, ENROLLED, request)
                        .map(done -> request)));
        deploy(descriptor("students", address), service -> service.server()
                .handle(ENROLL, (request, context) -> service.client()
                        .call(context, Request.of("grades", LIST, request).withOptions(JSON))));
    }

    @AfterEach
    void stop() {
        services.forEach(id -> result(vertx.undeploy(id)));
        result(vertx.close());
    }

    private static JsonArray wrappers() {
        JsonObject tracing = new JsonObject()
                .put("exporter", "zipkin")
                .put("endpoint", zipkin.url())
                .put("delay", "100ms");
        return new JsonArray().add(new JsonObject().put("type", "tracing").put("tracing", tracing));
    }

    private static JsonObject descriptor(String name, String address) {
        return new JsonObject()
                .put("service", new JsonObject().put("name", name))
                .put("server", new JsonObject().put("address", address))
                .put("registry", new JsonObject().put("type", "eventbus"))
                .put(
                        "broker",
                        new JsonObject()
                                .put("type", "http")
                                .put("http", new JsonObject().put("address", "127.0.0.1:0")))
                .put("wrappers", wrappers());
    }

    private void deploy(JsonObject descriptor, Consumer<Service> handlers) {
        ServiceVerticle verticle = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                handlers.accept(service);
            }
        };
        services.add(result(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(descriptor))));
    }

    private Result call(String url, String endpoint, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "call", "students", endpoint, "{\"name\":\"davie\"}", "--address", address, "--trace-url", url));
        words.addAll(List.of(more));
        return VERTX.run(words.toArray(new String[0]));
    }

    /** What the command printed, without durations. */
    private static List<String> tree(Result result) {
        return result.err()
                .lines()
                .map(line -> line.replaceAll("  +(\\w+)  [0-9.]+ ms$", " $1"))
                .toList();
    }

    @Test
    void isOneTraceFromTheCommandLineToTheSubscriber() {
        Result result = call(
                zipkin.url(),
                "Students.Enroll",
                "-conf",
                new JsonObject().put("wrappers", wrappers()).encode());
        assertThat(result.exitCode()).isZero();
        assertThat(new JsonObject(result.out()).getString("name")).isEqualTo("davie");
        List<String> lines = tree(result);
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "vertx call students students.enroll 200",
                        "  vertx calls students Students.Enroll 200",
                        "    vertx calls students Students.Enroll 200",
                        "      students Students.Enroll 200",
                        "        students calls grades Grades.List 200",
                        "          students calls grades Grades.List 200",
                        "            grades Grades.List 200",
                        "              grades publishes enrolled 200",
                        "                audit takes enrolled 200");
        String id = lines.get(0).substring("trace: ".length());
        Map<String, JsonObject> spans = zipkin.trace(id, all -> all.size() == 9).stream()
                .collect(Collectors.toMap(span -> span.getString("id"), Function.identity()));
        JsonObject last = spans.values().stream()
                .filter(span -> "CONSUMER".equals(span.getString("kind")))
                .findFirst()
                .orElseThrow();
        int above = 0;
        for (String up = last.getString("parentId"); spans.containsKey(up); up = parent(spans, up)) {
            above++;
        }
        assertThat(above).isEqualTo(8);
    }

    private static String parent(Map<String, JsonObject> spans, String id) {
        return spans.getOrDefault(id, new JsonObject()).getString("parentId", "");
    }

    @Test
    void showsWhatFailedAndBeginsWithTheCommandWithoutAWrapperOfItsOwn() {
        Result result = call(zipkin.url(), "Students.Expel");
        assertThat(result.exitCode()).isEqualTo(1);
        List<String> lines = tree(result);
        assertThat(lines.get(0)).matches("trace: [0-9a-f]{32}");
        assertThat(lines.get(1)).isEqualTo("vertx call students students.expel error");
        assertThat(lines.get(2)).isEqualTo("  students _OTHER _OTHER");
        assertThat(lines.get(3)).contains("Expel");
        assertThat(lines).hasSize(4);
    }

    @Test
    void saysWhyItHasNoTreeToShow() {
        String nowhere = "http://127.0.0.1:" + FreePorts.next();
        Result result = call(nowhere + "/", "Students.Enroll");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("\ntrace: Zipkin at " + nowhere + ": ")
                .hasLineCount(2);
        Result refused = call("zipkin:9411", "Students.Enroll");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).isEqualTo("--trace-url: \"zipkin:9411\" (expected: http://host:port of a Zipkin)\n");
        assertThat(call(zipkin.url(), "Students.Enroll", "--repeat=10").err())
                .isEqualTo("--trace-url: with --repeat (expected: one call)\n");
    }
}
