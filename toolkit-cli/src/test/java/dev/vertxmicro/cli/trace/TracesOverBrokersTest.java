package dev.vertxmicro.cli.trace;

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
import dev.vertxmicro.testkit.server.Mosquitto;
import dev.vertxmicro.verticle.BrokerVerticle;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.RegistryVerticle;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import dev.vertxmicro.wrapper.tracing.Tracing;
import dev.vertxmicro.wrapper.tracing.TracingOptions;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace goes over each broker: what a handler publishes is beneath it, and what subscribers do with it beneath that. */
class TracesOverBrokersTest {
    private static final Endpoint<StringValue, StringValue> ENROLL =
            Endpoint.unary("Students.Enroll", StringValue.class, StringValue.class);
    private static final Topic<StringValue> ENROLLED = Topic.of("enrolled", StringValue.class);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> services = new ArrayList<>();
    private final Recording<StringValue> heard = new Recording<>();
    private final KeptSpans spans = new KeptSpans();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();

    /** Keeps the spans that have ended. */
    private static final class KeptSpans implements SpanExporter {
        private final List<SpanData> all = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            all.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @BeforeEach
    void start() {
        own("registry", RegistryVerticle.class);
        own("broker", BrokerVerticle.class);
    }

    /** Has a verticle own a backend in memory, for others on the event bus. */
    private void own(String kind, Class<?> verticle) {
        JsonObject memory = new JsonObject().put(kind, new JsonObject().put("type", "memory"));
        result(vertx.deployVerticle(verticle.getName(), new DeploymentOptions().setConfig(memory)));
    }

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject descriptor(String name, JsonObject broker) {
        return new JsonObject()
                .put("service", new JsonObject().put("name", name))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", new JsonObject().put("type", "eventbus"))
                .put("broker", broker);
    }

    private void deploy(String name, JsonObject broker, Consumer<Service> handlers) {
        ServiceVerticle verticle = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                handlers.accept(service);
            }

            @Override
            protected Wrappers wrappers() {
                return new Wrappers(List.of(Tracing.of(telemetry, name, TracingOptions.DEFAULTS)));
            }
        };
        DeploymentOptions options = new DeploymentOptions().setConfig(descriptor(name, broker));
        services.add(result(vertx.deployVerticle(verticle, options)));
    }

    private void goesOverThe(JsonObject broker) {
        deploy("audit", broker, service -> service.server().subscribe(ENROLLED, (message, context) -> {
            heard.handle(message);
            return Future.succeededFuture();
        }));
        deploy("students", broker, service -> service.server().handle(ENROLL, (request, context) -> service.client()
                .publish(context, ENROLLED, request)
                .map(done -> request)));
        DescribedClient caller = DescribedClient.create(vertx, descriptor("caller", broker));
        result(caller.call(Request.of("students", ENROLL, StringValue.of("davie"))));
        assertThat(heard.next().getValue()).isEqualTo("davie");
        result(caller.close());
        services.forEach(id -> result(vertx.undeploy(id))); // all spans have ended
        SpanData handler = span(SpanKind.SERVER);
        SpanData published = span(SpanKind.PRODUCER);
        SpanData processed = span(SpanKind.CONSUMER);
        assertThat(published.getParentSpanId()).isEqualTo(handler.getSpanId());
        assertThat(processed.getParentSpanId()).isEqualTo(published.getSpanId());
        assertThat(processed.getParentSpanContext().isRemote()).isTrue();
        assertThat(processed.getTraceId()).isEqualTo(handler.getTraceId());
        assertThat(spans.all).hasSize(3);
    }

    private SpanData span(SpanKind kind) {
        return spans.all.stream()
                .filter(span -> span.getKind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Requires(Requirement.MOSQUITTO)
    void goesOverMqtt(@TempDir Path directory) {
        try (Mosquitto mosquitto = Mosquitto.start(directory)) {
            goesOverThe(new JsonObject()
                    .put("type", "mqtt")
                    .put("mqtt", new JsonObject().put("address", mosquitto.address())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "eventbus"})
    void goesOverTheOthers(String type) {
        JsonObject broker = new JsonObject().put("type", type);
        goesOverThe(type.equals("http") ? broker.put("http", new JsonObject().put("address", "127.0.0.1:0")) : broker);
    }
}
