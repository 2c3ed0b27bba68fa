package dev.vertxmicro.wrapper.metrics;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.wrapper.metrics.series.CodeLabels;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Settings of the metrics wrapper.
 *
 * @param address      `host:port` at which Prometheus reads the metrics, by plain HTTP; empty for the port of the health endpoint
 * @param path         path of the page there; begins with `/`
 * @param names        how the metrics of served calls are called: `opentelemetry`, or `go-micro` as its Prometheus wrapper does
 * @param buckets      upper bounds of the histograms of durations, rising, each &gt; 0; no more than 50
 * @param maxEndpoints how many endpoints have metrics of their own where they are served, and where they are called, and how many topics
 *                     where they are published to, and subscribed to; what comes after them is counted as `_OTHER`; 1 to 10,000
 * @param codes        codes of errors beside the usual ones that have a label of their own, not only `4xx`, `5xx` or `other`; 1 to 599
 *                     each, no more than 50
 * @param labels       further labels of all metrics of this service, such as a zone; all services of a process have the same names of
 *                     labels; no more than 16
 * @param jvm          whether memory, garbage collection, threads and processors of the JVM are shown, too; the first service of a process
 *                     decides
 */
@Value.Builder
@OptionsStyle
public record MetricsOptions(
        String address,
        String path,
        MetricNames names,
        List<Duration> buckets,
        int maxEndpoints,
        List<Integer> codes,
        Map<String, String> labels,
        boolean jvm)
        implements WithMetricsOptions {
    private static final int MOST_BUCKETS = 50;
    private static final int MOST_CODES = 50;
    private static final int MOST_LABELS = 16;
    private static final int MOST_ENDPOINTS = 10_000;
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~/-]{0,200}");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]{0,63}");
    private static final int LONGEST_VALUE = 128;

    /** At {@code /metrics} of the health endpoint, OpenTelemetry's names and buckets and two below, 500 endpoints, the JVM, too. */
    public static final MetricsOptions DEFAULTS = new MetricsOptions(
            "",
            "/metrics",
            MetricNames.OPENTELEMETRY,
            millis(1, 2, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000),
            500,
            List.of(),
            Map.of(),
            true);

    /** Checks the bounds, and copies lists and labels. */
    public MetricsOptions {
        if (!address.isEmpty()) {
            HostPort.listening(address);
        }
        check(PATH.matcher(path).matches(), "path", "\"" + path + "\"", "such as /metrics");
        buckets = List.copyOf(buckets);
        check(rising(buckets), "buckets", buckets, "1 to " + MOST_BUCKETS + ", > 0 and rising");
        check(
                maxEndpoints >= 1 && maxEndpoints <= MOST_ENDPOINTS,
                "maxEndpoints",
                maxEndpoints,
                "1 to " + MOST_ENDPOINTS);
        codes = List.copyOf(codes);
        boolean known = codes.stream().allMatch(code -> code >= 1 && code <= CodeLabels.LARGEST);
        check(known && codes.size() <= MOST_CODES, "codes", codes, "no more than 50, each 1 to " + CodeLabels.LARGEST);
        labels = Map.copyOf(labels);
        check(labelled(labels), "labels", new TreeMap<>(labels), "no more than 16, such as zone: one");
    }

    private static List<Duration> millis(int... each) {
        return Arrays.stream(each).mapToObj(Duration::ofMillis).toList();
    }

    private static boolean rising(List<Duration> buckets) {
        Duration last = Duration.ZERO;
        for (Duration bucket : buckets) {
            if (bucket.compareTo(last) <= 0) {
                return false;
            }
            last = bucket;
        }
        return !buckets.isEmpty() && buckets.size() <= MOST_BUCKETS;
    }

    private static boolean labelled(Map<String, String> labels) {
        return labels.size() <= MOST_LABELS
                && labels.entrySet().stream()
                        .allMatch(label -> LABEL.matcher(label.getKey()).matches()
                                && !label.getValue().isEmpty()
                                && label.getValue().length() <= LONGEST_VALUE);
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
