package dev.vertxmicro.net;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.StatusPages.Content;
import dev.vertxmicro.engine.StatusPages.Page;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows pages about a process: plain HTTP/1, {@code GET} and {@code HEAD}, without bodies of requests, one answer a connection. A
 * connection that has not had its answer in time is closed, as is each beyond 100. May be used from any thread.
 */
public final class StatusServer {
    private static final System.Logger LOG = System.getLogger(StatusServer.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int MAX_CONNECTIONS = 100;
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    private final Vertx vertx;
    private final Duration timeout;
    private final Function<String, Optional<Page>> pages;
    private final Map<HttpConnection, AtomicBoolean> visits = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;

    /**
     * Makes a server that does not listen yet.
     *
     * @param vertx   serves it
     * @param timeout in which a connection has its answer
     * @param pages   finds the page of a path
     */
    public StatusServer(Vertx vertx, Duration timeout, Function<String, Optional<Page>> pages) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.pages = pages;
    }

    /**
     * Starts to listen, once.
     *
     * @param at where
     * @return completes when it listens; fails if the address is taken
     */
    public synchronized Future<Void> listen(HostPort at) {
        HttpServer listening = vertx.createHttpServer(ServedHttp.options(timeout, MAX_HEADER_BYTES))
                .connectionHandler(this::connected)
                .requestHandler(this::visited);
        server = listening;
        return listening.listen(at.port(), at.host()).mapEmpty();
    }

    private void connected(HttpConnection connection) {
        if (visits.size() >= MAX_CONNECTIONS) {
            connection.close();
            return;
        }
        visits.put(connection, new AtomicBoolean());
        long late = vertx.setTimer(timeout.toMillis(), passed -> connection.close());
        connection.closeHandler(closed -> {
            vertx.cancelTimer(late);
            visits.remove(connection);
        });
    }

    /** One answer a connection, and none on one that is closed already. */
    private void visited(HttpServerRequest request) {
        AtomicBoolean visit = visits.get(request.connection());
        if (visit == null || visit.getAndSet(true)) {
            return;
        }
        HttpServerResponse response = request.response().putHeader("Connection", "close");
        Optional<Page> page = Optional.ofNullable(request.path()).flatMap(pages);
        if (page.isEmpty()) {
            end(request, response.setStatusCode(404), Optional.empty());
            return;
        }
        if (!READING.contains(request.method())) {
            end(request, response.setStatusCode(405).putHeader("Allow", "GET, HEAD"), Optional.empty());
            return;
        }
        String accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
        Context context = vertx.getOrCreateContext();
        Catching.future("page", () -> page.get().show(accept))
                .onComplete(shown -> context.runOnContext(run -> answer(request, response, shown)));
    }

    private static void answer(HttpServerRequest request, HttpServerResponse response, AsyncResult<Content> shown) {
        Content content = shown.result();
        if (content == null) {
            FAILED.warn("page " + request.path() + " failed: " + shown.cause());
            end(request, response.setStatusCode(500), Optional.empty());
        } else {
            end(
                    request,
                    response.setStatusCode(content.status()).putHeader("Content-Type", content.type()),
                    Optional.of(content));
        }
    }

    private static void end(HttpServerRequest request, HttpServerResponse response, Optional<Content> content) {
        int length = content.map(shown -> shown.body().length()).orElse(0);
        response.putHeader("Content-Length", String.valueOf(length));
        boolean bare = content.isEmpty() || request.method().equals(HttpMethod.HEAD);
        (bare ? response.end() : response.end(content.get().body()))
                .onComplete(written -> ServedHttp.close(request.connection()));
    }

    /**
     * Tells the port.
     *
     * @return where it listens; 0 before it does
     */
    public synchronized int port() {
        return server == null ? 0 : server.actualPort();
    }

    /**
     * Stops listening.
     *
     * @return completes when that is so; closing twice is fine
     */
    public synchronized Future<Void> close() {
        HttpServer open = server;
        server = null;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
