package dev.vertxmicro.wrapper.metrics.process;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.StatusPages.Page;
import dev.vertxmicro.net.StatusServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A port that shows metrics. While it is taken, as by a process that is about to end, it is tried again: services run without it.
 */
final class MetricsPort {
    private static final System.Logger LOG = System.getLogger(MetricsPort.class.getName());

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 2_000;

    private final Vertx vertx;
    private final HostPort address;
    private final Page page;
    private final Map<String, Integer> paths = new ConcurrentHashMap<>();
    private final Promise<Void> listens = Promise.promise();
    private @Nullable StatusServer server;
    private boolean told;
    private boolean closed;

    MetricsPort(Vertx vertx, HostPort address, Page page) {
        this.vertx = vertx;
        this.address = address;
        this.page = page;
    }

    /** Begins to listen; completes when it does. */
    Future<Void> open() {
        listen();
        return listens.future();
    }

    private synchronized void listen() {
        if (closed) {
            return;
        }
        StatusServer listening = new StatusServer(
                vertx, TIMEOUT, path -> paths.containsKey(path) ? Optional.of(page) : Optional.empty());
        server = listening;
        listening
                .listen(address)
                .onSuccess(done -> {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "Metrics Listening on {0}",
                            address.withPort(listening.port()).text());
                    listens.tryComplete();
                })
                .onFailure(this::again);
    }

    private synchronized void again(Throwable failure) {
        if (closed) {
            return;
        }
        if (!told) {
            told = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "metrics: {0} cannot be listened on, tried again each 2 s: {1}",
                    address.text(),
                    failure.getMessage());
        }
        vertx.setTimer(PAUSE_MILLIS, passed -> listen());
    }

    /** Shows the page at one more path. */
    Future<Void> add(String path) {
        paths.merge(path, 1, Integer::sum);
        return listens.future();
    }

    /**
     * Takes it away.
     *
     * @return true if there is none left
     */
    boolean remove(String path) {
        paths.computeIfPresent(path, (at, users) -> users > 1 ? users - 1 : null);
        return paths.isEmpty();
    }

    synchronized Future<Void> close() {
        closed = true;
        listens.tryFail("closed");
        return server == null ? Future.succeededFuture() : server.close();
    }
}
