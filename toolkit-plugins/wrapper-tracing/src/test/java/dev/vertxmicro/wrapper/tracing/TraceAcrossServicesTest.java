package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.server.OtelCollector;
import dev.vertxmicro.testkit.server.OtelCollector.Collected;
import dev.vertxmicro.verticle.DescribedClient;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real collector gets one trace from a caller over a service, another, and an event to its subscriber; each has an exporter of its own. */
@Requires(Requirement.OTELCOL)
class TraceAcrossServicesTest {
    private static final Endpoint<StringValue, StringValue> ENROLL =
            Endpoint.unary("Students.Enroll", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> LIST =
            Endpoint.unary("Grades.List", StringValue.class, StringValue.class);
    private static final Topic<StringValue> ENROLLED = Topic.of("enrolled", StringValue.class);
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;
    private static final int PRODUCER = 4;
    private static final int CONSUMER = 5;

    private final Vertx vertx = Vertx.vertx();
    private final Recording<StringValue> heard = new Recording<>();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject descriptor(String name, String transport, OtelCollector collector) {
        JsonObject tracing = new JsonObject().put("endpoint", collector.endpoint());
        return new JsonObject()
                .put("service", new JsonObject().put("name", name))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("transport", new JsonObject().put("type", transport))
                .put("registry", new JsonObject().put("type", "eventbus"))
                .put(
                        "broker",
                        new JsonObject()
                                .put("type", "http")
                                .put("http", new JsonObject().put("address", "127.0.0.1:0")))
                .put(
                        "wrappers",
                        new JsonArray()
                                .add(new JsonObject().put("type", "tracing").put("tracing", tracing)));
    }

    private String deploy(JsonObject descriptor, Consumer<Service> handlers) {
        ServiceVerticle verticle = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                handlers.accept(service);
            }
        };
        return result(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(descriptor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "eventbus"})
    void isOneTraceWithItsParents(String transport, @TempDir Path directory) {
        JsonObject memory = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        result(vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(memory)));
        try (OtelCollector collector = OtelCollector.start(directory)) {
            String audit = deploy(descriptor("audit", transport, collector), service -> service.server()
                    .subscribe(ENROLLED, (message, context) -> {
                        heard.handle(message);
                        return Future.succeededFuture();
                    }));
            String grades = deploy(descriptor("grades", transport, collector), service -> service.server()
                    .handle(LIST, (request, context) -> service.client()
                            .publish(context, ENROLLED, request)
                            .map(done -> request)));
            String students = deploy(descriptor("students", transport, collector), service -> service.server()
                    .handle(ENROLL, (request, context) -> service.client()
                            .call(context, Request.of("grades", LIST, request))));
            DescribedClient caller = DescribedClient.create(vertx, descriptor("caller", transport, collector));
            result(caller.call(Request.of("students", ENROLL, StringValue.of("davie"))));
            assertThat(heard.next().getValue()).isEqualTo("davie");
            result(caller.close());
            for (String id : List.of(students, grades, audit)) {
                result(vertx.undeploy(id));
            }
            assertChain(collector.stop());
        }
    }

    /** Each is the parent of the next. */
    private static void assertChain(List<Collected> spans) {
        assertThat(spans)
                .extracting(Collected::traceId)
                .containsOnly(spans.get(0).traceId());
        assertThat(spans).hasSize(8);
        String above = "";
        above = next(spans, above, "caller", "students.Students.Enroll", INTERNAL);
        above = next(spans, above, "caller", "students.Students.Enroll", CLIENT);
        above = next(spans, above, "students", "students.Students.Enroll", SERVER);
        above = next(spans, above, "students", "grades.Grades.List", INTERNAL);
        above = next(spans, above, "students", "grades.Grades.List", CLIENT);
        above = next(spans, above, "grades", "grades.Grades.List", SERVER);
        above = next(spans, above, "grades", "Pub to enrolled", PRODUCER);
        next(spans, above, "audit", "Pub to enrolled", CONSUMER);
    }

    private static String next(List<Collected> spans, String above, String service, String name, int kind) {
        List<Collected> below =
                spans.stream().filter(span -> span.parentSpanId().equals(above)).toList();
        assertThat(below).extracting(Collected::service).containsExactly(service);
        assertThat(below).extracting(Collected::name).containsExactly(name);
        assertThat(below).extracting(Collected::kind).containsExactly(kind);
        return below.get(0).spanId();
    }

    @Test
    void callsAtTheSameTimeHaveATraceEach(@TempDir Path directory) {
        JsonObject memory = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        result(vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(memory)));
        try (OtelCollector collector = OtelCollector.start(directory)) {
            String grades = deploy(descriptor("grades", "http", collector), service -> service.server()
                    .handle(LIST, (request, context) -> Future.succeededFuture(request)));
            DescribedClient caller = DescribedClient.create(vertx, descriptor("caller", "http", collector));
            List<Future<StringValue>> calls = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                calls.add(caller.call(Request.of("grades", LIST, StringValue.of("davie"))));
            }
            result(Future.all(calls));
            result(caller.close());
            result(vertx.undeploy(grades));
            List<Collected> spans = collector.stop();
            assertThat(spans).hasSize(1500);
            assertThat(spans.stream().map(Collected::traceId).distinct()).hasSize(500);
            assertThat(spans.stream().map(Collected::spanId).distinct()).hasSize(1500);
        }
    }
}
