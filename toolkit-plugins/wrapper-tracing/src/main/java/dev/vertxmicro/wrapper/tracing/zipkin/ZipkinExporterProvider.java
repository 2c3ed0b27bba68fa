package dev.vertxmicro.wrapper.tracing.zipkin;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/** Provides the exporter {@code zipkin} to OpenTelemetry, by its own properties {@code otel.exporter.zipkin.…}. */
public final class ZipkinExporterProvider implements ConfigurableSpanExporterProvider {
    /** Name of the exporter. */
    public static final String NAME = "zipkin";
    /** Where it sends to, with the path. */
    public static final String ENDPOINT = "otel.exporter.zipkin.endpoint";
    /** How long one export may take. */
    public static final String TIMEOUT = "otel.exporter.zipkin.timeout";
    /** Ours: the header {@code Authorization}. */
    public static final String AUTHORIZATION = "otel.exporter.zipkin.authorization";
    /** Where Zipkin takes spans. */
    public static final String PATH = "/api/v2/spans";

    private static final String DEFAULT_ENDPOINT = "http://localhost:9411" + PATH;
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** For the service loader. */
    public ZipkinExporterProvider() {}

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public SpanExporter createExporter(ConfigProperties config) {
        String endpoint = config.getString(ENDPOINT, DEFAULT_ENDPOINT);
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() != null && uri.getScheme().startsWith("http")) {
                return new ZipkinExporter(
                        uri,
                        Objects.requireNonNull(config.getDuration(TIMEOUT, DEFAULT_TIMEOUT)),
                        config.getString(AUTHORIZATION, ""));
            }
        } catch (IllegalArgumentException e) {
            throw refused();
        }
        throw refused();
    }

    /** There may be a password in it: it is not shown. */
    private static ConfigurationException refused() {
        return new ConfigurationException(ENDPOINT + ": no URL (expected: http://host:port" + PATH + ")");
    }
}
