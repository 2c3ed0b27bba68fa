package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.Reading;
import io.opentelemetry.api.trace.Tracer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exporter: bounded, never waited for, ended in time, and as the environment says where the options say nothing. */
class SpanExportTest {
    private static final ServiceIdentity WHO = new ServiceIdentity("greeter", "greeter-1", true);
    private static final TracingOptions OPTIONS = TracingOptions.DEFAULTS;

    private final ManualTimers timers = Timers.manual();

    @AfterEach
    void environmentIsAsBefore() {
        List.of("otel.service.name", "otel.exporter.otlp.endpoint", "otel.traces.sampler", "otel.traces.exporter")
                .forEach(System::clearProperty);
    }

    private SpanExport started(TracingOptions options) {
        return SpanExport.start(options, WHO, timers);
    }

    private static void record(SpanExport export, int spans) {
        Tracer tracer = export.telemetry().getTracer("test");
        for (int i = 0; i < spans; i++) {
            tracer.spanBuilder("span " + i).startSpan().end();
        }
    }

    @Test
    void sendsWhatWaitsWhenItIsClosed() {
        try (StubCollector collector = StubCollector.answering()) {
            SpanExport export = started(OPTIONS.withEndpoint(collector.endpoint())
                    .withAuthorization(Secret.of("Bearer a b+c"))
                    .withResource(Map.of("deployment.environment.name", "test")));
            record(export, 1);
            result(export.close());
            StubCollector.Export sent = collector.next();
            assertThat(sent.path()).isEqualTo("/v1/traces");
            assertThat(sent.authorization()).isEqualTo("Bearer a b+c");
            assertThat(sent.body().toString("ISO-8859-1"))
                    .contains("service.name")
                    .contains("greeter-1")
                    .contains("deployment.environment.name")
                    .contains("span 0");
        }
    }

    @Test
    void dropsAndCountsWhatTheCollectorIsTooSlowFor() {
        try (StubCollector collector = StubCollector.silent();
                RecordedLogs logs = RecordedLogs.of(Tracing.class)) {
            SpanExport export = started(OPTIONS.withEndpoint(collector.endpoint())
                    .withBatch(1)
                    .withQueue(10)
                    .withDelay(Duration.ofMillis(1)));
            record(export, 1);
            collector.next(); // one is on its way, and stays there
            record(export, 1000);
            assertThat(export.spans().dropped()).isEqualTo(991);
            assertThat(export.spans().readings())
                    .contains(
                            new Reading("tracing.spans.dropped", Map.of(), 991),
                            new Reading("tracing.spans.waiting", Map.of(), 10));
            assertThat(logs.all()).hasSize(1);
            assertThat(logs.all().get(0))
                    .isEqualTo("spans are dropped, as the exporter does not keep up: 1 so far (queue: 10)");
            export.close();
        }
    }

    @Test
    void closesInTimeThoughTheCollectorIsSilent() {
        try (StubCollector collector = StubCollector.silent()) {
            SpanExport export = started(OPTIONS.withEndpoint(collector.endpoint()));
            record(export, 1);
            Future<Void> closed = export.close();
            collector.next();
            assertThat(closed.isComplete()).isFalse();
            timers.advance(Duration.ofSeconds(2));
            assertThat(closed.succeeded()).isTrue();
        }
    }

    @Test
    void environmentHoldsWhereTheOptionsSayNothing() {
        System.setProperty("otel.service.name", "other");
        System.setProperty("otel.traces.sampler", "always_off");
        System.setProperty("otel.traces.exporter", "none");
        SpanExport export = started(OPTIONS);
        assertThat(export.telemetry().getSdkTracerProvider().toString())
                .contains("service.name=\"other\"")
                .contains("AlwaysOffSampler")
                .doesNotContain("Otlp");
        result(export.close());
        SpanExport chosen = started(OPTIONS.withServiceName("mine").withSample("0.5"));
        assertThat(chosen.telemetry().getSdkTracerProvider().toString())
                .contains("service.name=\"mine\"")
                .contains("ParentBased{root:TraceIdRatioBased{0.500000}");
        result(chosen.close());
    }

    @Test
    void sendsOverHttpToTheUsualPortWhereNobodySaysMore() {
        SpanExport export = started(OPTIONS);
        assertThat(export.telemetry().getSdkTracerProvider().toString())
                .contains("OtlpHttpSpanExporter")
                .contains("http://localhost:4318/v1/traces")
                .contains("service.name=\"greeter\"")
                .contains("ParentBased{root:AlwaysOnSampler");
        assertThat(export.telemetry().getPropagators().getTextMapPropagator().fields())
                .contains("traceparent", "baggage");
        result(export.close());
    }

    @Test
    void readsAndWritesAllPropagatorsThatAreNamed() {
        SpanExport export = started(OPTIONS.withExporter("none")
                .withPropagators("tracecontext", "baggage", "b3", "b3multi", "jaeger", "ottrace"));
        assertThat(export.telemetry().getPropagators().getTextMapPropagator().fields())
                .contains("traceparent", "baggage", "b3", "X-B3-TraceId", "uber-trace-id", "ot-tracer-traceid");
        result(export.close());
    }

    @Test
    void exportersThatThereAreNotAreRefused() {
        assertThatThrownBy(() -> started(OPTIONS.withExporter("jaeger")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tracing: ")
                .hasMessageContaining("jaeger");
    }
}
