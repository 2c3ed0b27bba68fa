package dev.vertxmicro.cli.load;

import dev.vertxmicro.cli.terminal.FailureText;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.error.FailedCall;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a load test found, of calls or of messages. Takes the same memory however many calls there are. Used from one thread. */
public final class LoadReport {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    private static final int MOST_KINDS = 20;
    private static final int LONGEST_KIND = 200;
    private static final String OTHER = "other";

    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private final Map<String, Integer> kinds = new TreeMap<>();
    /** Where calls failed that got as far as a node, by its address. */
    private final Map<String, Integer> nodes = new TreeMap<>();

    private final String unit;
    private int count;
    private int errors;
    private long elapsedNanos = 1;

    LoadReport(String unit) {
        this.unit = unit;
    }

    void add(long nanos, @Nullable Throwable failure) {
        count++;
        latency.recordValue(Math.min(Math.max(0, nanos), LONGEST_NANOS));
        if (failure != null) {
            errors++;
            count(kinds, kind(failure));
            if (failure instanceof MicroException error) {
                error.call().map(FailedCall::node).filter(at -> !at.isEmpty()).ifPresent(at -> count(nodes, at));
            }
        }
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(counts.containsKey(what) || counts.size() < MOST_KINDS ? what : OTHER, 1, Integer::sum);
    }

    private static String kind(Throwable failure) {
        String text = FailureText.of(failure);
        return text.length() > LONGEST_KIND ? text.substring(0, LONGEST_KIND) : text;
    }

    void ended(long nanos) {
        elapsedNanos = Math.max(1, nanos);
    }

    int count() {
        return count;
    }

    private double seconds() {
        return elapsedNanos / 1e9;
    }

    private double millis(double percentile) {
        return Math.round(latency.getValueAtPercentile(percentile) / 1e3) / 1e3;
    }

    String progress(long nanos, int sinceLast, int all) {
        return String.format(
                Locale.ROOT,
                "%4.0f s  %d of %d %s  %d errors  %d %s/s  p50 %.3f ms  p99 %.3f ms",
                nanos / 1e9,
                count,
                all,
                unit,
                errors,
                sinceLast,
                unit,
                millis(50),
                millis(99));
    }

    /** Prints the summary; errors are a failure of the command. */
    public void print(boolean json) {
        Output.line(json ? toJson().encode() : toText());
        if (errors > 0) {
            throw LaunchException.failed("");
        }
    }

    JsonObject toJson() {
        JsonObject kindsJson = new JsonObject();
        kinds.forEach(kindsJson::put);
        JsonObject nodesJson = new JsonObject();
        nodes.forEach(nodesJson::put);
        return new JsonObject()
                .put(unit, count)
                .put("errors", errors)
                .put("errorKinds", kindsJson)
                .put("errorNodes", nodesJson)
                .put("seconds", Math.round(seconds() * 1e3) / 1e3)
                .put(unit + "PerSecond", Math.round(count / seconds() * 10) / 10.0)
                .put("p50Millis", millis(50))
                .put("p90Millis", millis(90))
                .put("p99Millis", millis(99))
                .put("maxMillis", millis(100));
    }

    String toText() {
        StringBuilder text = new StringBuilder(256);
        text.append(String.format(Locale.ROOT, "%-10s %d%n", unit, count));
        text.append(String.format(Locale.ROOT, "errors     %d%n", errors));
        kinds.forEach((kind, count) -> text.append(String.format(Locale.ROOT, "  %d x %s%n", count, kind)));
        nodes.forEach((node, count) -> text.append(String.format(Locale.ROOT, "  %d at %s%n", count, node)));
        text.append(String.format(Locale.ROOT, "time       %.3f s%n", seconds()));
        text.append(String.format(Locale.ROOT, "%-10s %.1f%n", unit + "/s", count / seconds()));
        text.append(String.format(
                Locale.ROOT,
                "latency    p50 %.3f ms  p90 %.3f ms  p99 %.3f ms  max %.3f ms",
                millis(50),
                millis(90),
                millis(99),
                millis(100)));
        return text.toString();
    }
}
