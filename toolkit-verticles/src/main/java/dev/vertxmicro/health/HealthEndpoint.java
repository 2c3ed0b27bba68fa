package dev.vertxmicro.health;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.ServedHttp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /health/live} with 200 while the process runs, and {@code GET /health/ready} with 200 while it is ready,
 * 503 otherwise; {@code HEAD} likewise. May be used from any thread.
 *
 * <p>Plain HTTP/1 without bodies, one answer a connection. One that has not had it within 30 s is closed, as is each beyond 100.
 */
public final class HealthEndpoint {
    private static final System.Logger LOG = System.getLogger(HealthEndpoint.class.getName());

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int MAX_CONNECTIONS = 100;
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    private final Vertx vertx;
    private final String address;
    private final Duration timeout;
    private final Map<HttpConnection, AtomicBoolean> visits = new ConcurrentHashMap<>();
    private volatile boolean ready;
    private @Nullable HttpServer server;

    /**
     * Makes an endpoint that does not listen yet.
     *
     * @param vertx serves it
     * @param address {@code host:port}, an IPv6 host in brackets, empty for none
     */
    public HealthEndpoint(Vertx vertx, String address) {
        this(vertx, address, TIMEOUT);
    }

    HealthEndpoint(Vertx vertx, String address, Duration timeout) {
        this.vertx = vertx;
        this.address = address;
        this.timeout = timeout;
    }

    /**
     * Starts to listen, if there is an address.
     *
     * @return completes when it listens; fails if the address is taken or malformed
     */
    public Future<Void> start() {
        if (address.isEmpty()) {
            return Future.succeededFuture();
        }
        HostPort listening;
        try {
            listening = HostPort.listening(address);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new IllegalArgumentException("health." + e.getMessage()));
        }
        server = vertx.createHttpServer(ServedHttp.options(timeout, MAX_HEADER_BYTES))
                .connectionHandler(this::connected)
                .requestHandler(this::visited);
        return server.listen(listening.port(), listening.host())
                .<Void>mapEmpty()
                .onSuccess(listens -> LOG.log(System.Logger.Level.INFO, "Health Listening on {0}", address))
                .recover(failure -> Future.failedFuture(MicroException.internal(
                                "go.micro.health", "listen tcp " + address + ": " + failure.getMessage())
                        .withCause(failure)));
    }

    /**
     * Says whether calls are welcome.
     *
     * @param now true once started, false as soon as stopping
     */
    public void ready(boolean now) {
        ready = now;
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
        String body = answer(request, response);
        response.putHeader("Content-Length", String.valueOf(body.length()));
        (request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body))
                .onComplete(written -> ServedHttp.close(request.connection()));
    }

    /** Sets the status and gives the body. */
    private String answer(HttpServerRequest request, HttpServerResponse response) {
        boolean live = "/health/live".equals(request.path());
        if (!live && !"/health/ready".equals(request.path())) {
            response.setStatusCode(404);
            return "";
        }
        if (!READING.contains(request.method())) {
            response.setStatusCode(405).putHeader("Allow", "GET, HEAD");
            return "";
        }
        boolean up = live || ready;
        response.setStatusCode(up ? 200 : 503).putHeader("Content-Type", "application/json");
        return up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}";
    }

    /** The port it listens on. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    /**
     * Stops listening.
     *
     * @return completes when that is so; closing twice is fine
     */
    public Future<Void> close() {
        HttpServer open = server;
        server = null;
        return open == null ? Future.succeededFuture() : open.close();
    }
}
