package dev.vertxmicro.wrapper.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsOptionsTest {
    private static final MetricsOptions DEFAULTS = MetricsOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new MetricsOptions(
                        "",
                        "/metrics",
                        MetricNames.OPENTELEMETRY,
                        IntStream.of(1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000)
                                .mapToObj(Duration::ofMillis)
                                .toList(),
                        500,
                        List.of(),
                        Map.of(),
                        true));
        assertThat(MetricsWrapperProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        MetricsOptions changed = new MetricsOptions(
                "127.0.0.1:9464",
                "/prometheus",
                MetricNames.GO_MICRO,
                List.of(Duration.ofMillis(5), Duration.ofSeconds(1)),
                10,
                List.of(422, 418),
                Map.of("zone", "one"),
                false);
        Section section = Section.root(new JsonObject()
                .put("address", "127.0.0.1:9464")
                .put("path", "/prometheus")
                .put("names", "go-micro")
                .put("buckets", "5ms, 1s")
                .put("maxEndpoints", 10)
                .put("codes", new JsonArray().add("422").add("418"))
                .put("labels", new JsonObject().put("zone", "one"))
                .put("jvm", false));
        assertThat(MetricsWrapperProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : MetricsOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withAddress("nowhere"))
                .hasMessage("address: nowhere (expected: host:port, port 0 to 65535)");
        assertThatThrownBy(() -> DEFAULTS.withPath("metrics"))
                .hasMessage("path: \"metrics\" (expected: such as /metrics)");
        assertThatThrownBy(() -> DEFAULTS.withBuckets(List.of()))
                .hasMessage("buckets: [] (expected: 1 to 50, > 0 and rising)");
        assertThatThrownBy(() -> DEFAULTS.withBuckets(Duration.ofMillis(2), Duration.ofMillis(2)))
                .hasMessage("buckets: [PT0.002S, PT0.002S] (expected: 1 to 50, > 0 and rising)");
        assertThatThrownBy(() -> DEFAULTS.withBuckets(Duration.ZERO)).hasMessageContaining("> 0 and rising");
        assertThatThrownBy(() -> DEFAULTS.withMaxEndpoints(0)).hasMessage("maxEndpoints: 0 (expected: 1 to 10000)");
        assertThatThrownBy(() -> DEFAULTS.withMaxEndpoints(10_001))
                .hasMessage("maxEndpoints: 10001 (expected: 1 to 10000)");
        assertThatThrownBy(() -> DEFAULTS.withCodes(600))
                .hasMessage("codes: [600] (expected: no more than 50, each 1 to 599)");
        assertThatThrownBy(() -> DEFAULTS.withCodes(Collections.nCopies(51, 422)))
                .hasMessageEndingWith("(expected: no more than 50, each 1 to 599)");
        assertThatThrownBy(() -> DEFAULTS.withLabels(Map.of("a-b", "c")))
                .hasMessage("labels: {a-b=c} (expected: no more than 16, such as zone: one)");
        assertThatThrownBy(() -> DEFAULTS.withLabels(Map.of("zone", "")))
                .hasMessage("labels: {zone=} (expected: no more than 16, such as zone: one)");
        Map<String, String> many = IntStream.range(0, 17).boxed().collect(Collectors.toMap(i -> "l" + i, i -> "x"));
        assertThatThrownBy(() -> DEFAULTS.withLabels(many))
                .hasMessageEndingWith("(expected: no more than 16, such as zone: one)");
    }

    @Test
    void saysWhichElementOfAListIsWrong() {
        assertThatThrownBy(() -> MetricsWrapperProvider.read(Section.root(new JsonObject().put("buckets", "5ms,soon"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("$.buckets: \"soon\" (expected: durations such as 5ms)");
        assertThatThrownBy(() -> MetricsWrapperProvider.read(Section.root(new JsonObject().put("codes", "4xx"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("$.codes: \"4xx\" (expected: numbers such as 422)");
    }
}
