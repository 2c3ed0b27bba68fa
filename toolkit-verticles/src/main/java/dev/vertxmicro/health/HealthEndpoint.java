package dev.vertxmicro.health;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /health/live} with 200 while the process runs, and {@code GET /health/ready} with 200 while it is ready,
 * 503 otherwise. May be used from any thread.
 */
public final class HealthEndpoint {
    private static final System.Logger LOG = System.getLogger(HealthEndpoint.class.getName());

    private final Vertx vertx;
    private final String address;
    private volatile boolean ready;
    private @Nullable HttpServer server;

    /**
     * Makes an endpoint that does not listen yet.
     *
     * @param vertx serves it
     * @param address {@code host:port}, empty for none
     */
    public HealthEndpoint(Vertx vertx, String address) {
        this.vertx = vertx;
        this.address = address;
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
        int colon = address.lastIndexOf(':');
        int port;
        try {
            port = Integer.parseInt(address.substring(colon + 1));
        } catch (NumberFormatException e) {
            return Future.failedFuture(
                    new IllegalArgumentException("health.address: " + address + " (expected: host:port)"));
        }
        String host = colon <= 0 ? "0.0.0.0" : address.substring(0, colon);
        server = vertx.createHttpServer().requestHandler(this::answer);
        return server.listen(port, host)
                .<Void>mapEmpty()
                .onSuccess(listening -> LOG.log(System.Logger.Level.INFO, "Health Listening on {0}", address))
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

    private void answer(HttpServerRequest request) {
        boolean up;
        switch (request.path()) {
            case "/health/live" -> up = true;
            case "/health/ready" -> up = ready;
            default -> {
                request.response().setStatusCode(404).end();
                return;
            }
        }
        request.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("Content-Type", "application/json")
                .end(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
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
