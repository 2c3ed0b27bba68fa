package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.RegistryVerticle;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Handlers on worker and virtual threads: their span is current there, what they call is beneath it, and nothing stays behind. */
class SpansOnThreadsTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Greeter.Echo", StringValue.class, StringValue.class);
    private static final Topic<StringValue> GREETED = Topic.of("greeted", StringValue.class);

    private final Vertx vertx = Vertx.vertx();
    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final Recording<Seen> seen = new Recording<>();

    /** What a handler has found. */
    private record Seen(boolean eventLoop, String current, String own) {
        static Seen by(CallContext context) {
            return new Seen(
                    Context.isOnEventLoopThread(),
                    Span.current().getSpanContext().getSpanId(),
                    Tracing.span(context).getSpanContext().getSpanId());
        }
    }

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private final class GreeterVerticle extends ServiceVerticle {
        @Override
        protected void configure(Service service) {
            service.server()
                    .handle(ECHO, (request, context) -> Future.succeededFuture(request))
                    .handle(HELLO, (request, context) -> {
                        seen.handle(Seen.by(context));
                        // without the context: the current span is the parent
                        return service.client()
                                .call(Request.of("greeter", ECHO, request))
                                .compose(answer -> service.client().publish(context, GREETED, answer))
                                .map(done -> request);
                    })
                    .subscribe(GREETED, (message, context) -> {
                        seen.handle(Seen.by(context));
                        return service.client()
                                .call(context, Request.of("greeter", ECHO, message))
                                .mapEmpty();
                    });
        }

        @Override
        protected Wrappers wrappers() {
            return new Wrappers(List.of(tracing()));
        }
    }

    private Wrapper tracing() {
        return Tracing.of(
                telemetry, "greeter", TracingOptions.DEFAULTS.withCurrent(true).withAttempts(false));
    }

    private void handlersHaveTheirSpan(String threading, boolean eventLoop) {
        JsonObject memory = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        result(vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(memory)));
        JsonObject registry = new JsonObject().put("type", "eventbus");
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "greeter"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0").put("threading", threading))
                .put("registry", registry)
                .put("broker", new JsonObject().put("type", "memory"));
        result(vertx.deployVerticle(new GreeterVerticle(), new DeploymentOptions().setConfig(descriptor)));
        DescribedClient caller = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        result(caller.call(Request.of("greeter", HELLO, StringValue.of("davie"))));
        Seen hello = seen.next();
        Seen greeted = seen.next();
        result(caller.close());
        result(vertx.close()); // all spans have ended
        List<SpanData> handlers = spans(SpanKind.SERVER);
        SpanData called = handlers.stream()
                .filter(span -> span.getName().equals("greeter.Greeter.Hello"))
                .findFirst()
                .orElseThrow();
        SpanData processed = spans(SpanKind.CONSUMER).get(0);
        assertThat(hello).isEqualTo(new Seen(eventLoop, called.getSpanId(), called.getSpanId()));
        assertThat(greeted).isEqualTo(new Seen(eventLoop, processed.getSpanId(), processed.getSpanId()));
        assertThat(spans(SpanKind.CLIENT))
                .extracting(SpanData::getParentSpanId)
                .containsExactlyInAnyOrder(called.getSpanId(), processed.getSpanId());
        assertThat(exporter.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .containsOnly(called.getTraceId());
    }

    private List<SpanData> spans(SpanKind kind) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == kind)
                .toList();
    }

    @Test
    void onWorkers() {
        handlersHaveTheirSpan("worker", false);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void onVirtualThreads() {
        handlersHaveTheirSpan("virtual", false);
    }

    @Test
    void onTheEventLoop() {
        handlersHaveTheirSpan("event-loop", true);
    }
}
