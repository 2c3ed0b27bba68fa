package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "tracing"}. */
public final class TracingProvider implements WrapperProvider {

    /** For the service loader. */
    public TracingProvider() {}

    @Override
    public String type() {
        return Tracing.TYPE;
    }

    @Override
    public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
        TracingOptions options = read(section);
        return vertx -> Tracing.create(options, who, VertxTimers.of(vertx));
    }

    static TracingOptions read(Section section) {
        TracingOptions defaults = TracingOptions.DEFAULTS;
        return section.build(() -> new TracingOptions(
                section.string("exporter", defaults.exporter()),
                section.string("endpoint", defaults.endpoint()),
                section.secret("authorization"),
                section.string("serviceName", defaults.serviceName()),
                section.map("resource"),
                section.list("propagators", defaults.propagators()),
                section.string("sample", defaults.sample()),
                section.choice(
                        "names",
                        defaults.names(),
                        Map.of("go-micro", SpanNames.GO_MICRO, "semconv", SpanNames.SEMCONV)),
                section.bool("attempts", defaults.attempts()),
                section.bool("messages", defaults.messages()),
                section.bool("current", defaults.current()),
                section.integer("queue", defaults.queue()),
                section.integer("batch", defaults.batch()),
                section.duration("delay", defaults.delay()),
                section.duration("exportTimeout", defaults.exportTimeout()),
                section.duration("closeTimeout", defaults.closeTimeout())));
    }
}
