package dev.vertxmicro.health;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.StatusPages;
import dev.vertxmicro.engine.StatusPages.Content;
import dev.vertxmicro.engine.StatusPages.Page;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.StatusServer;
import dev.vertxmicro.service.HealthReport;
import dev.vertxmicro.service.HealthStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /health/live} with 200 while the process runs, {@code GET /health/started} with 200 once it has started, and
 * {@code GET /health/ready} with 200 while it is ready for calls, 503 otherwise; {@code GET /health} with what each check says, as
 * vertx-health-check has it, with 503 if any is down; {@code HEAD} likewise; and shows the {@link StatusPages}. May be used from any
 * thread.
 *
 * <p>Checks run when somebody asks; who asks while they run gets the same answer.
 *
 * <p>Plain HTTP/1 without bodies, one answer a connection. One that has not had it within 30 s is closed, as is each beyond 100.
 */
public final class HealthEndpoint {
    private static final System.Logger LOG = System.getLogger(HealthEndpoint.class.getName());

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final StatusPages others;
    private final String address;
    private final StatusServer server;
    private volatile boolean ready;
    private volatile boolean started;
    private volatile Supplier<Future<HealthReport>> checks = () -> Future.succeededFuture(new HealthReport(List.of()));
    private volatile Predicate<String> counting = id -> true;
    private @Nullable Future<HealthReport> running;

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
        this.others = StatusPages.of(vertx);
        this.address = address;
        this.server = new StatusServer(vertx, timeout, this::page);
    }

    private Optional<Page> page(String path) {
        return switch (path) {
            case "/health/live" -> page(() -> Future.succeededFuture(status(true)));
            case "/health/ready" -> page(() -> isReady().map(HealthEndpoint::status));
            case "/health/started" -> page(() -> Future.succeededFuture(status(started)));
            case "/health" -> page(() -> report().map(this::withState).map(HealthReport::toJson));
            default -> others.find(path);
        };
    }

    private static Optional<Page> page(Supplier<Future<JsonObject>> said) {
        return Optional.of(accept -> said.get().map(HealthEndpoint::content));
    }

    private static Content content(JsonObject said) {
        return new Content("UP".equals(said.getString("status")) ? 200 : 503, "application/json", said.toBuffer());
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
        return server.listen(listening)
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

    /** The port it listens on. */
    int port() {
        return server.port();
    }

    /**
     * Stops listening.
     *
     * @return completes when that is so; closing twice is fine
     */
    public Future<Void> close() {
        return server.close();
    }
}
