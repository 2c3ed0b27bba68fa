package dev.vertxmicro.bench.registry;

import dev.vertxmicro.bench.registry.backend.EventPath;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Puts one thing after the other by a way, and takes the time until each was heard of. */
final class TimedEvents {
    private static final long PATIENCE_SECONDS = 60;
    private static final long PAUSE_MILLIS = 20;

    private final String name;
    private final EventPath path;
    private final List<Long> nanos = new ArrayList<>();
    private volatile String awaited = "";
    private volatile CompletableFuture<Long> heard = new CompletableFuture<>();

    TimedEvents(String name, EventPath path) throws Exception {
        this.name = name;
        this.path = path;
        path.open(this::told).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void told(String id) {
        if (id.equals(awaited)) {
            heard.complete(System.nanoTime());
        }
    }

    /** Puts one and waits until it was heard of, then takes it away. It fails if that takes a minute. */
    void next(String id, boolean counted) throws Exception {
        CompletableFuture<Long> told = new CompletableFuture<>();
        heard = told;
        awaited = id;
        long begin = System.nanoTime();
        Future<Void> put = path.put(id).onFailure(told::completeExceptionally);
        long took = told.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - begin;
        put.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (counted) {
            nanos.add(took);
        }
        path.remove(id).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    /** Gives the time that this share of the events did not exceed, in milliseconds. */
    double millis(double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1) / 1e6;
    }

    void close() throws Exception {
        path.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-4s p50 %6.2f p99 %6.2f ms", name, millis(0.5), millis(0.99));
    }
}
