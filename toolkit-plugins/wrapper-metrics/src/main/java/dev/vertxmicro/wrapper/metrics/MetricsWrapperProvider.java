package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.config.Durations;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "metrics"}. */
public final class MetricsWrapperProvider implements WrapperProvider {

    /** For the service loader. */
    public MetricsWrapperProvider() {}

    @Override
    public String type() {
        return MetricsWrapper.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        MetricsOptions options = read(section);
        return vertx -> MetricsWrapper.create(vertx, options, who);
    }

    static MetricsOptions read(Section section) {
        MetricsOptions defaults = MetricsOptions.DEFAULTS;
        return section.build(() -> new MetricsOptions(
                section.string("address", defaults.address()),
                section.string("path", defaults.path()),
                section.choice(
                        "names",
                        defaults.names(),
                        Map.of("opentelemetry", MetricNames.OPENTELEMETRY, "go-micro", MetricNames.GO_MICRO)),
                buckets(section, defaults.buckets()),
                section.integer("maxEndpoints", defaults.maxEndpoints()),
                codes(section.list("codes", List.of())),
                section.map("labels"),
                section.bool("jvm", defaults.jvm())));
    }

    private static List<Duration> buckets(Section section, List<Duration> otherwise) {
        List<String> standard = otherwise.stream().map(Durations::text).toList();
        return section.list("buckets", standard).stream()
                .map(MetricsWrapperProvider::bucket)
                .toList();
    }

    private static Duration bucket(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("buckets: \"" + text + "\" (expected: durations such as 5ms)", e);
        }
    }

    private static List<Integer> codes(List<String> texts) {
        return texts.stream().map(MetricsWrapperProvider::code).toList();
    }

    private static Integer code(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("codes: \"" + text + "\" (expected: numbers such as 422)", e);
        }
    }
}
