package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Settings of tracing. What is empty is as OpenTelemetry's environment variables say, and else as OpenTelemetry has it.
 *
 * @param exporter      where spans go: `otlp`, `zipkin`, `none`, or one that a jar on the class path adds; empty for
 *                      `OTEL_TRACES_EXPORTER`, or else `otlp`
 * @param endpoint      URL of the collector, OTLP over HTTP, without `/v1/traces`, or of the Zipkin, without `/api/v2/spans`; empty for
 *                      `OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_ZIPKIN_ENDPOINT`, or else `http://localhost:4318` or
 *                      `http://localhost:9411`
 * @param authorization value of the header `Authorization` for the collector; empty for `OTEL_EXPORTER_OTLP_HEADERS`
 * @param serviceName   `service.name` of the spans; empty for `OTEL_SERVICE_NAME`, or else the name of the service
 * @param resource      further attributes of the process, beside those of `OTEL_RESOURCE_ATTRIBUTES`
 * @param propagators   what carries traces from process to process, `tracecontext`, `baggage`, `b3`, `b3multi`, `jaeger`
 *                      (`Uber-Trace-Id`) or `ottrace`: all are written, and all are read, a later one before an earlier one; empty for
 *                      `OTEL_PROPAGATORS`, or else `tracecontext` and `baggage`
 * @param sample        which part of the traces that begin here is recorded, 0 to 1, such as `0.01`; others are recorded as their caller
 *                      says; empty for `OTEL_TRACES_SAMPLER`, or else all
 * @param names         how spans are called: `go-micro` as its opentracing wrapper does, `greeter.Greeter.Hello` and `Pub to students`, or
 *                      `semconv`, `greeter/Greeter.Hello` and `publish students`
 * @param attempts      whether each attempt at a node has a span of its own beneath that of its call
 * @param messages      whether each message of a stream is an event of its span, up to OpenTelemetry's limit of 128
 * @param current       whether the span is also the current one of OpenTelemetry's own context, while a handler begins, on whichever thread,
 *                      and wherever its coroutine goes on, and that one the parent of calls without another
 * @param queue         how many spans wait for the exporter at most; more are dropped, and counted; &gt; 0
 * @param batch         how many are sent at once at most; 1 to `queue`
 * @param delay         how long they wait at most until they are sent; &gt; 0
 * @param exportTimeout how long one export may take, with its retries; &gt; 0
 * @param closeTimeout  how long a stop waits at most for the last spans to be sent; &gt;= 0
 */
@Value.Builder
@OptionsStyle
public record TracingOptions(
        String exporter,
        String endpoint,
        Secret authorization,
        String serviceName,
        Map<String, String> resource,
        List<String> propagators,
        String sample,
        SpanNames names,
        boolean attempts,
        boolean messages,
        boolean current,
        int queue,
        int batch,
        Duration delay,
        Duration exportTimeout,
        Duration closeTimeout)
        implements WithTracingOptions {
    private static final Set<String> PROPAGATORS =
            Set.of("tracecontext", "baggage", "b3", "b3multi", "jaeger", "ottrace");
    private static final Pattern EXPORTER = Pattern.compile("|[a-z][a-z0-9_-]{0,63}");
    private static final Pattern RATIO = Pattern.compile("|0(\\.[0-9]{1,9})?|1(\\.0{1,9})?");

    /** By the environment, go-micro's names, attempts, 2,048 spans in batches of 512, 5 s, 10 s, 2 s. */
    public static final TracingOptions DEFAULTS = new TracingOptions(
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
            Duration.ofSeconds(2));

    /** Checks the values. */
    public TracingOptions {
        resource = Map.copyOf(resource);
        propagators = List.copyOf(propagators);
        check(
                EXPORTER.matcher(exporter).matches(),
                "exporter",
                quoted(exporter),
                "otlp, zipkin, none or the name of another");
        check(endpoint.isEmpty() || isHttp(endpoint), "endpoint", quoted(Secret.masked(endpoint)), "http://host:port");
        for (String each : propagators) {
            check(
                    PROPAGATORS.contains(each),
                    "propagators",
                    quoted(each),
                    String.join(" | ", new TreeSet<>(PROPAGATORS)));
        }
        check(RATIO.matcher(sample).matches(), "sample", quoted(sample), "0 to 1, such as 0.01");
        check(queue > 0, "queue", queue, "> 0");
        check(batch > 0 && batch <= queue, "batch", batch, "1 to queue, which is " + queue);
        check(positive(delay), "delay", delay, "> 0");
        check(positive(exportTimeout), "exportTimeout", exportTimeout, "> 0");
        check(!closeTimeout.isNegative(), "closeTimeout", closeTimeout, ">= 0");
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static boolean isHttp(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
