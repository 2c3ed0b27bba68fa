package dev.vertxmicro.wrapper.metrics.process;

import dev.vertxmicro.engine.StatusPages.Content;
import dev.vertxmicro.engine.StatusPages.Page;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The metrics as Prometheus reads them: its text, or OpenMetrics for those who ask for it. Written on a worker thread; visitors who come
 * while a page is written get that one.
 */
public final class ScrapePage implements Page {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;
    private final Runnable before;
    private final Map<String, Future<Content>> running = new HashMap<>();

    /**
     * Makes the page of a registry.
     *
     * @param vertx    has the worker threads
     * @param registry what it shows
     * @param before   runs before each time, on a worker thread
     */
    public ScrapePage(Vertx vertx, PrometheusMeterRegistry registry, Runnable before) {
        this.vertx = vertx;
        this.registry = registry;
        this.before = before;
    }

    @Override
    public synchronized Future<Content> show(String accept) {
        String type = accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        Future<Content> known = running.get(type);
        if (known != null) {
            return known;
        }
        Future<Content> written = vertx.executeBlocking(() -> write(type), false);
        running.put(type, written);
        written.onComplete(done -> forget(type, written));
        return written;
    }

    private synchronized void forget(String type, Future<Content> written) {
        running.remove(type, written);
    }

    private Content write(String type) {
        before.run();
        return new Content(200, type, Buffer.buffer(registry.scrape(type)));
    }
}
