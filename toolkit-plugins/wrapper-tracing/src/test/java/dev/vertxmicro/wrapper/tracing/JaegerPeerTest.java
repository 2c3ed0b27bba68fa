package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.GoProgram;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrappers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.extension.trace.propagation.JaegerPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trace goes on through a stock go-micro v1 service with go-plugins' opentracing wrapper and Jaeger's client, and back to one of ours. */
@Requires(Requirement.GO)
@SuppressWarnings("deprecation") // of jaeger's headers, which stock services send
class JaegerPeerTest {
    private static final Endpoint<JsonObject, JsonObject> RELAY =
            Endpoint.unary("Relay.Call", JsonObject.class, JsonObject.class);
    private static final Endpoint<JsonObject, JsonObject> ECHO =
            Endpoint.unary("Echo.Echo", JsonObject.class, JsonObject.class);

    private final Vertx vertx = Vertx.vertx();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetry telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(JaegerPropagator.getInstance()))
            .build();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject descriptor() {
        return new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("client", new JsonObject().put("contentType", "application/json"))
                .put("registry", new JsonObject().put("type", "memory"));
    }

    private int echo() {
        int port = FreePorts.next();
        ServiceVerticle echo = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.server().handle(ECHO, (request, context) -> Future.succeededFuture(request));
            }

            @Override
            protected Wrappers wrappers() {
                return new Wrappers(List.of(Tracing.of(telemetry, "echo", TracingOptions.DEFAULTS)));
            }
        };
        JsonObject served = descriptor().put("server", new JsonObject().put("address", "127.0.0.1:" + port));
        result(vertx.deployVerticle(echo, new DeploymentOptions().setConfig(served)));
        return port;
    }

    private static JsonObject line(GoProcess peer, String key) {
        return new JsonObject(peer.await("\"" + key + "\""));
    }

    @Test
    void goesThroughAStockGoService() {
        int port = echo();
        try (GoProcess peer = GoProgram.build("interop/go/tracing").start(List.of())) {
            String address = line(peer, "address").getString("address");
            JsonObject call = new JsonObject()
                    .put("text", "hello")
                    .put("address", "127.0.0.1:" + port)
                    .put("service", "echo")
                    .put("endpoint", "Echo.Echo");
            JsonObject wrapper = new JsonObject()
                    .put("type", "tracing")
                    .put(
                            "tracing",
                            new JsonObject().put("exporter", "none").put("propagators", new JsonArray().add("jaeger")));
            DescribedClient client =
                    DescribedClient.create(vertx, descriptor().put("wrappers", new JsonArray().add(wrapper)));
            Request<JsonObject, JsonObject> request =
                    Request.of("go.relay", RELAY, call).withOptions(CallOptions.DEFAULTS.withAddresses(address));
            assertThat(result(client.call(request)).getString("text")).isEqualTo("hello");
            JsonObject called = line(peer, "span");
            JsonObject handled = line(peer, "span");
            result(client.close());
            assertThat(called.getString("span")).isEqualTo("echo.Echo.Echo");
            assertThat(handled.getString("span")).isEqualTo("go.relay.Relay.Call");
            assertThat(handled.getString("parent")).isNotEqualTo("0000000000000000");
            assertThat(called.getString("parent")).isEqualTo(handled.getString("id"));
            SpanData echoed = exporter.getFinishedSpanItems().get(0);
            assertThat(echoed.getName()).isEqualTo("echo.Echo.Echo");
            assertThat(List.of(called.getString("trace"), handled.getString("trace"), echoed.getTraceId()))
                    .containsOnly(echoed.getTraceId());
            // go-plugins writes its own id beside the one that came, in another case: which of the two Go sends is
            // chance
            assertThat(echoed.getParentSpanId()).isIn(called.getString("id"), handled.getString("parent"));
        }
    }
}
