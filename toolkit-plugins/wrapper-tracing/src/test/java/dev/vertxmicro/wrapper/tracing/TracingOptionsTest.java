package dev.vertxmicro.wrapper.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingOptionsTest {
    private static final TracingOptions DEFAULTS = TracingOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new TracingOptions(
                        "",
                        "",
                        Secret.NONE,
                        "",
                        Map.of(),
                        List.of(),
                        "",
                        SpanNames.GO_MICRO,
                        true,
                        false,
                        false,
                        2048,
                        512,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2)));
        assertThat(TracingProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        TracingOptions changed = new TracingOptions(
                "none",
                "http://127.0.0.1:4318",
                Secret.of("Bearer x"),
                "other",
                Map.of("deployment.environment.name", "test"),
                List.of("b3", "jaeger"),
                "0.01",
                SpanNames.SEMCONV,
                false,
                true,
                true,
                100,
                10,
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4));
        Section section = Section.root(new JsonObject()
                .put("exporter", "none")
                .put("endpoint", "http://127.0.0.1:4318")
                .put("authorization", "Bearer x")
                .put("serviceName", "other")
                .put("resource", new JsonObject().put("deployment.environment.name", "test"))
                .put("propagators", "b3, jaeger")
                .put("sample", "0.01")
                .put("names", "semconv")
                .put("attempts", false)
                .put("messages", true)
                .put("current", true)
                .put("queue", 100)
                .put("batch", 10)
                .put("delay", "1s")
                .put("exportTimeout", "3s")
                .put("closeTimeout", "4s"));
        assertThat(TracingProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : TracingOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withExporter("otlp,zipkin"))
                .hasMessage("exporter: \"otlp,zipkin\" (expected: otlp, zipkin, none or the name of another)");
        for (String endpoint : List.of("127.0.0.1:4318", "grpc://a:4317", "http://", "http://a b")) {
            assertThatThrownBy(() -> DEFAULTS.withEndpoint(endpoint))
                    .hasMessage("endpoint: \"" + endpoint + "\" (expected: http://host:port)");
        }
        assertThatThrownBy(() -> DEFAULTS.withPropagators("zipkin"))
                .hasMessage("propagators: \"zipkin\""
                        + " (expected: b3 | b3multi | baggage | jaeger | ottrace | tracecontext)");
        for (String sample : List.of("2", "-0.1", "1%", "0.", "1.1", "NaN")) {
            assertThatThrownBy(() -> DEFAULTS.withSample(sample))
                    .hasMessage("sample: \"" + sample + "\" (expected: 0 to 1, such as 0.01)");
        }
        assertThatThrownBy(() -> DEFAULTS.withQueue(0)).hasMessage("queue: 0 (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withBatch(2049))
                .hasMessage("batch: 2049 (expected: 1 to queue, which is 2048)");
        assertThatThrownBy(() -> DEFAULTS.withDelay(Duration.ZERO)).hasMessage("delay: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withExportTimeout(Duration.ZERO))
                .hasMessage("exportTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withCloseTimeout(Duration.ofMillis(-1)))
                .hasMessage("closeTimeout: PT-0.001S (expected: >= 0)");
        assertThat(DEFAULTS.withCloseTimeout(Duration.ZERO).closeTimeout()).isZero();
    }

    @Test
    void showsNoSecret() {
        assertThat(DEFAULTS.withAuthorization(Secret.of("Bearer x")).toString()).doesNotContain("Bearer");
    }
}
