package dev.vertxmicro.health;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.ServedHttp;
import dev.vertxmicro.service.HealthReport;
import dev.vertxmicro.service.HealthStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /health/live} with 200 while the process runs, {@code GET /health/started} with 200 once it has started, and
 * {@code GET /health/ready} with 200 while it is ready for calls, 503 otherwise; {@code GET /health} with what each check says, as
 * vertx-health-check has it, with 503 if any is down; {@code HEAD} likewise. May be used from any thread.
 *
 * <p>Checks run when somebody asks; who asks while they run gets the same answer.
 *
 * <p>Plain HTTP/1 without bodies, one answer a connection. One that has not had it within 30 s is closed, as is each beyond 100.
 */
public final class HealthEndpoint {
    private static final System.Logger LOG = System.getLogger(HealthEndpoint.class.getName());

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> PATHS = Set.of("/health", "/health/live", "/health/ready", "/health/started");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final int MAX_CONNECTIONS = 100;
    private static final int MAX_HEADER_BYTES = 8 * 1024;

    private final Vertx vertx;
    private final String address;
    private final Duration timeout;
    private final Map<HttpConnection, AtomicBoolean> visits = new ConcurrentHashMap<>();
    private volatile boolean ready;
    private volatile boolean started;
    private volatile Supplier<Future<HealthReport>> checks = () -> Future.succeededFuture(new HealthReport(List.of()));
    private volatile Predicate<String> counting = id -> true;
    private @Nullable Future<HealthReport> running;
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
        started |= now;
    }

    /**
     * Says who is asked besides.
     *
     * @param all    gives what all checks say
     * @param counts tells of a check's id whether readiness depends on it
     */
    public void checks(Supplier<Future<HealthReport>> all, Predicate<String> counts) {
        checks = all;
        counting = counts;
    }

    /**
     * Tells whether calls are welcome and no check that counts is down.
     *
     * @return completes with that; never fails
     */
    public Future<Boolean> isReady() {
        return ready
                ? report().map(all ->
                        all.checks().stream().allMatch(entry -> entry.status().up() || !counting.test(entry.id())))
                : Future.succeededFuture(false);
    }

    private synchronized Future<HealthReport> report() {
        Future<HealthReport> known = running;
        if (known == null || known.isComplete()) {
            known = Catching.future("health", checks)
                    .otherwise(failure -> new HealthReport(
                            List.of(new HealthReport.Entry("health", HealthStatus.down(String.valueOf(failure))))));
            running = known;
        }
        return known;
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
        if (!PATHS.contains(request.path())) {
            response.setStatusCode(404);
            end(request, Buffer.buffer());
        } else if (!READING.contains(request.method())) {
            response.setStatusCode(405).putHeader("Allow", "GET, HEAD");
            end(request, Buffer.buffer());
        } else {
            answer(request.path()).onSuccess(said -> {
                response.setStatusCode("UP".equals(said.getString("status")) ? 200 : 503)
                        .putHeader("Content-Type", "application/json");
                end(request, said.toBuffer());
            });
        }
    }

    private static void end(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Length", String.valueOf(body.length()));
        (request.method().equals(HttpMethod.HEAD) ? response.end() : response.end(body))
                .onComplete(written -> ServedHttp.close(request.connection()));
    }

    private Future<JsonObject> answer(String path) {
        return switch (path) {
            case "/health/ready" -> isReady().map(HealthEndpoint::status);
            case "/health/started" -> Future.succeededFuture(status(started));
            case "/health" -> report().map(this::withState).map(HealthReport::toJson);
            default -> Future.succeededFuture(status(true));
        };
    }

    private static JsonObject status(boolean up) {
        return new JsonObject().put("status", up ? "UP" : "DOWN");
    }

    /** Begins with what the endpoint itself knows. */
    private HealthReport withState(HealthReport checked) {
        HealthStatus state = ready ? HealthStatus.ok() : HealthStatus.down(started ? "stopping" : "starting");
        List<HealthReport.Entry> all = new ArrayList<>(List.of(new HealthReport.Entry("service", state)));
        all.addAll(checked.checks());
        return new HealthReport(all);
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
