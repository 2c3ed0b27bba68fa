package dev.vertxmicro.cli.trace;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The trace that a command has begun: tells Zipkin of the command's own span, and shows the tree when nothing more is to be expected.
 * Services send their spans when they see fit, every 5 s unless told otherwise.
 */
public final class ShownTrace {
    private static final long LOOK_MILLIS = 300;
    private static final long QUIET_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 6_000;
    private static final long LONGEST_MILLIS = 20_000;

    private final ZipkinClient zipkin;
    private final String trace;

    /**
     * Makes one.
     *
     * @param zipkin has the trace
     * @param trace  its id
     */
    public ShownTrace(ZipkinClient zipkin, String trace) {
        this.zipkin = zipkin;
        this.trace = trace;
    }

    /**
     * Tells of the command, which is the root.
     *
     * @param id     of its span
     * @param called what it calls, in words
     * @param began  when, in microseconds since 1970
     * @param micros how long it took
     * @param error  what it failed with, empty for nothing
     */
    public void tell(String id, String called, long began, long micros, String error) {
        JsonObject tags = new JsonObject();
        if (!error.isEmpty()) {
            tags.put("error", error);
        }
        zipkin.tell(new JsonObject()
                .put("traceId", trace)
                .put("id", id)
                .put("name", called)
                .put("timestamp", began)
                .put("duration", Math.max(1, micros))
                .put("localEndpoint", new JsonObject().put("serviceName", "vertx"))
                .put("tags", tags));
    }

    /**
     * Shows the tree when it is whole, or nothing has come for some time.
     *
     * @param print gets a line for each span
     */
    public void show(Consumer<String> print) {
        long began = System.nanoTime();
        long changed = began;
        TraceTree tree = TraceTree.of(List.of());
        while (true) {
            TraceTree now = TraceTree.of(zipkin.spans(trace));
            if (now.size() != tree.size()) {
                changed = System.nanoTime();
                tree = now;
            }
            long quiet = millis(changed);
            if (quiet >= (tree.isWhole() ? QUIET_MILLIS : PATIENCE_MILLIS) || millis(began) >= LONGEST_MILLIS) {
                break;
            }
            pause();
        }
        tree.lines().forEach(print);
    }

    private static long millis(long since) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
