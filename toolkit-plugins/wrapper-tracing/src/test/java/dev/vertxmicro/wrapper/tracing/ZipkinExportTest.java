package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.tracing.zipkin.ZipkinExporterProvider;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exporter {@code zipkin}: spans in Zipkin's words, where they belong. */
class ZipkinExportTest {
    private static final ServiceIdentity WHO = new ServiceIdentity("greeter", "greeter-1", true);
    private static final TracingOptions OPTIONS = TracingOptions.DEFAULTS.withExporter("zipkin");

    @AfterEach
    void environmentIsAsBefore() {
        List.of("otel.traces.exporter", "otel.exporter.zipkin.endpoint").forEach(System::clearProperty);
    }

    private static SpanExport started(TracingOptions options) {
        return SpanExport.start(options, WHO, Timers.manual());
    }

    @Test
    void sendsSpansAsZipkinHasThem() {
        try (StubCollector zipkin = StubCollector.answering()) {
            SpanExport export =
                    started(OPTIONS.withEndpoint(zipkin.endpoint() + "/").withAuthorization(Secret.of("Bearer a+b")));
            Tracer tracer = export.telemetry().getTracer("test");
            Span parent = tracer.spanBuilder("call")
                    .setStartTimestamp(Instant.ofEpochSecond(7))
                    .startSpan();
            Span span = tracer.spanBuilder("greeter.Greeter.Hello")
                    .setParent(parent.storeInContext(Context.root()))
                    .setSpanKind(SpanKind.CLIENT)
                    .setStartTimestamp(Instant.ofEpochSecond(8))
                    .setAttribute("rpc.service", "greeter")
                    .setAttribute("server.address", "10.1.2.3")
                    .setAttribute("server.port", 8080)
                    .setAttribute(AttributeKey.longArrayKey("numbers"), List.of(1L, 2L))
                    .startSpan();
            span.addEvent("sent", Instant.ofEpochSecond(9));
            span.addEvent("got", Attributes.of(AttributeKey.longKey("n"), 1L), Instant.ofEpochSecond(10));
            span.setStatus(StatusCode.ERROR, "no tea");
            span.end(Instant.ofEpochSecond(11));
            parent.end(Instant.ofEpochSecond(7));
            result(export.close());
            StubCollector.Export sent = zipkin.next();
            assertThat(sent.path()).isEqualTo("/api/v2/spans");
            assertThat(sent.authorization()).isEqualTo("Bearer a+b");
            JsonArray spans = new JsonArray(sent.body());
            assertThat(spans.getJsonObject(0))
                    .isEqualTo(new JsonObject()
                            .put("traceId", span.getSpanContext().getTraceId())
                            .put("id", span.getSpanContext().getSpanId())
                            .put("parentId", parent.getSpanContext().getSpanId())
                            .put("name", "greeter.Greeter.Hello")
                            .put("kind", "CLIENT")
                            .put("timestamp", 8_000_000)
                            .put("duration", 3_000_000)
                            .put("localEndpoint", new JsonObject().put("serviceName", "greeter"))
                            .put(
                                    "remoteEndpoint",
                                    new JsonObject()
                                            .put("serviceName", "greeter")
                                            .put("ipv4", "10.1.2.3")
                                            .put("port", 8080))
                            .put(
                                    "annotations",
                                    new JsonArray()
                                            .add(new JsonObject()
                                                    .put("timestamp", 9_000_000)
                                                    .put("value", "sent"))
                                            .add(new JsonObject()
                                                    .put("timestamp", 10_000_000)
                                                    .put("value", "\"got\":{\"n\":1}")))
                            .put(
                                    "tags",
                                    new JsonObject()
                                            .put("rpc.service", "greeter")
                                            .put("server.address", "10.1.2.3")
                                            .put("server.port", "8080")
                                            .put("numbers", "[1,2]")
                                            .put("otel.scope.name", "test")
                                            .put("otel.status_code", "ERROR")
                                            .put("error", "no tea")));
            assertThat(spans.getJsonObject(1).getInteger("duration")).isEqualTo(1);
            assertThat(spans.getJsonObject(1).fieldNames()).doesNotContain("kind", "parentId", "remoteEndpoint");
        }
    }

    @Test
    void isWhereTheEnvironmentSaysAndElseAtTheUsualPort() {
        SpanExport usual = started(OPTIONS);
        assertThat(usual.telemetry().getSdkTracerProvider().toString()).contains("ZipkinExporter[localhost:9411]");
        result(usual.close());
        System.setProperty("otel.traces.exporter", "zipkin");
        System.setProperty("otel.exporter.zipkin.endpoint", "http://zipkin:9/api/v2/spans");
        SpanExport said = started(TracingOptions.DEFAULTS);
        assertThat(said.telemetry().getSdkTracerProvider().toString()).contains("ZipkinExporter[zipkin:9]");
        result(said.close());
        SpanExport chosen = started(TracingOptions.DEFAULTS.withEndpoint("http://own:8"));
        assertThat(chosen.telemetry().getSdkTracerProvider().toString()).contains("ZipkinExporter[own:8]");
        result(chosen.close());
        System.setProperty("otel.exporter.zipkin.endpoint", "nowhere");
        assertThatThrownBy(() -> started(OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tracing: otel.exporter.zipkin.endpoint: no URL");
    }

    @Test
    void saysOnceThatZipkinIsAway() {
        try (RecordedLogs logs = RecordedLogs.of(ZipkinExporterProvider.class)) {
            SpanExport export = started(OPTIONS.withEndpoint("http://127.0.0.1:1"));
            export.telemetry().getTracer("test").spanBuilder("lost").startSpan().end();
            result(export.close());
            assertThat(logs.next()).startsWith("spans were not taken by Zipkin at 127.0.0.1:1: ");
        }
    }
}
