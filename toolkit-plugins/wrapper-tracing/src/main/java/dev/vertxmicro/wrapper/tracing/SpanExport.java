package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.tracing.zipkin.ZipkinExporterProvider;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * OpenTelemetry's SDK as our options say, and where they say nothing as its environment variables do. Its threads are its own: no event
 * loop waits for an exporter.
 */
final class SpanExport {
    private static final String DISABLED = "otel.java.disabled.resource.providers";

    private final OpenTelemetrySdk telemetry;
    private final BoundedSpans spans;
    private final Duration closeTimeout;
    private final RareWarning warning;
    private final Timers timers;

    private SpanExport(
            OpenTelemetrySdk telemetry, BoundedSpans spans, Duration closeTimeout, RareWarning warning, Timers timers) {
        this.telemetry = telemetry;
        this.spans = spans;
        this.closeTimeout = closeTimeout;
        this.warning = warning;
        this.timers = timers;
    }

    /**
     * @throws IllegalArgumentException if the SDK refuses what it is told
     */
    static SpanExport start(TracingOptions options, ServiceIdentity who, Timers timers) {
        RareWarning warning = new RareWarning(LateLogger.of(Tracing.class), timers);
        BoundedSpans spans = new BoundedSpans(options.queue(), warning);
        Map<String, String> defaults = defaults(who);
        try {
            OpenTelemetrySdk telemetry = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> defaults)
                    .addPropertiesCustomizer(environment -> chosen(options, who, environment))
                    // without a processor, as with the exporter none, the SDK begins no spans, and no trace goes on
                    .addTracerProviderCustomizer((provider, config) -> provider.addSpanProcessor(spans.entrance()))
                    .addSpanExporterCustomizer((exporter, config) -> spans.behind(exporter))
                    .addSpanProcessorCustomizer((processor, config) -> spans.before(processor))
                    .build()
                    .getOpenTelemetrySdk();
            return new SpanExport(telemetry, spans, options.closeTimeout(), warning, timers);
        } catch (ConfigurationException refused) {
            throw new IllegalArgumentException("tracing: " + refused.getMessage(), refused);
        }
    }

    /** What holds where neither the options nor the environment say something. */
    private static Map<String, String> defaults(ServiceIdentity who) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        if (!who.name().isEmpty()) {
            defaults.put("otel.service.name", who.name());
        }
        return defaults;
    }

    /** What the options say, before the environment. */
    private static Map<String, String> chosen(
            TracingOptions options, ServiceIdentity who, ConfigProperties environment) {
        Map<String, String> chosen = new HashMap<>();
        chosen.put("otel.metrics.exporter", "none");
        chosen.put("otel.logs.exporter", "none");
        put(chosen, "otel.traces.exporter", options.exporter());
        boolean zipkin = isZipkin(options, environment);
        if (zipkin && !options.endpoint().isEmpty()) {
            put(
                    chosen,
                    ZipkinExporterProvider.ENDPOINT,
                    withoutSlash(options.endpoint()) + ZipkinExporterProvider.PATH);
        } else {
            put(chosen, "otel.exporter.otlp.endpoint", options.endpoint());
        }
        put(chosen, "otel.service.name", options.serviceName());
        put(chosen, "otel.propagators", String.join(",", options.propagators()));
        put(
                chosen,
                "otel.resource.attributes",
                attributes(options, who, environment.getMap("otel.resource.attributes")));
        if (!who.id().isEmpty()) {
            // the node has an id already; one beside it is a warning of the SDK's at each start
            List<String> disabled = new ArrayList<>(environment.getList(DISABLED));
            disabled.add("io.opentelemetry.sdk.autoconfigure.ServiceInstanceIdResourceProvider");
            chosen.put(DISABLED, String.join(",", disabled));
        }
        if (!options.authorization().isEmpty()) {
            String value = options.authorization().reveal();
            if (zipkin) {
                chosen.put(ZipkinExporterProvider.AUTHORIZATION, value);
            } else {
                chosen.put("otel.exporter.otlp.headers", "Authorization=" + encoded(value));
            }
        }
        if (!options.sample().isEmpty()) {
            chosen.put("otel.traces.sampler", "parentbased_traceidratio");
            chosen.put("otel.traces.sampler.arg", options.sample());
        }
        chosen.put("otel.exporter.otlp.timeout", millis(options.exportTimeout()));
        chosen.put(ZipkinExporterProvider.TIMEOUT, millis(options.exportTimeout()));
        chosen.put("otel.bsp.export.timeout", millis(options.exportTimeout()));
        chosen.put("otel.bsp.schedule.delay", millis(options.delay()));
        chosen.put("otel.bsp.max.export.batch.size", Integer.toString(options.batch()));
        chosen.put("otel.bsp.max.queue.size", Long.toString((long) options.queue() + options.batch()));
        return chosen;
    }

    private static boolean isZipkin(TracingOptions options, ConfigProperties environment) {
        String exporter =
                options.exporter().isEmpty() ? environment.getString("otel.traces.exporter", "") : options.exporter();
        return ZipkinExporterProvider.NAME.equals(exporter);
    }

    private static String withoutSlash(String endpoint) {
        return endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    }

    private static void put(Map<String, String> chosen, String property, String value) {
        if (!value.isEmpty()) {
            chosen.put(property, value);
        }
    }

    private static String millis(Duration duration) {
        return Math.max(1, duration.toMillis()) + "ms";
    }

    /** What the environment says of the process, and before it what the options do, as the environment would say it. */
    private static String attributes(TracingOptions options, ServiceIdentity who, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>();
        if (!who.id().isEmpty()) {
            all.put("service.instance.id", encoded(who.id()));
        }
        all.putAll(environment);
        options.resource().forEach((name, value) -> all.put(name, encoded(value)));
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    OpenTelemetrySdk telemetry() {
        return telemetry;
    }

    BoundedSpans spans() {
        return spans;
    }

    /** Sends what waits, as long as it may take. */
    Future<Void> close() {
        Promise<Void> closed = timers.promise();
        Timer bound = timers.schedule(closeTimeout, () -> {
            if (closed.tryComplete()) {
                warning.warn(
                        "spans may be lost: the collector did not take them within " + closeTimeout.toMillis() + " ms");
            }
        });
        telemetry.shutdown().whenComplete(() -> {
            if (closed.tryComplete()) {
                bound.cancel();
            }
        });
        return closed.future();
    }
}
