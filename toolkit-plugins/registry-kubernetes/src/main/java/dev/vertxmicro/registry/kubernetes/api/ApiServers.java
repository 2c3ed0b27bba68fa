package dev.vertxmicro.registry.kubernetes.api;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.QuietConnections;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The API servers of a cluster: keeps to one that works, goes on to the next when it does not, and once to the same where there is one only. Failures are {@link ApiFailure}s.
 * Confined to one context.
 */
public final class ApiServers {
    private static final int QUESTIONS_AT_ONCE = 8;
    private static final int STREAMS = 4;
    private static final int WAITING = 1_000;
    private static final int UNUSED_SECONDS = 10;
    private static final int LONGEST_CONNECT_MILLIS = 3000;
    private static final long RENEW_NANOS = Duration.ofSeconds(5).toNanos();

    private final Vertx vertx;
    private final ApiSettings settings;
    private final BearerToken token;
    private final ServerClock clock;
    /** Of whoever made this: clients that are made there end after it has, others already when Vert.x begins to close. */
    private final Context maker;

    private HttpClient client;
    private long made = System.nanoTime();
    private int current;
    private boolean closed;

    /**
     * Connects to nobody yet.
     *
     * @param vertx    has the event loops
     * @param settings how servers are reached
     * @param token    what they are shown
     * @param clock    learns their time
     */
    public ApiServers(Vertx vertx, ApiSettings settings, BearerToken token, ServerClock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.token = token;
        this.clock = clock;
        this.maker = vertx.getOrCreateContext();
        this.client = client();
    }

    /**
     * Gives the clock of the servers.
     *
     * @return the clock
     */
    public ServerClock clock() {
        return clock;
    }

    /**
     * Asks for something that does no harm when it is asked for twice.
     *
     * @param request what
     * @return the body of the answer
     */
    public Future<Buffer> ask(ApiRequest request) {
        return attempts(
                address -> exchange(address, request, settings.requestTimeout()).compose(ApiExchange::body));
    }

    /**
     * Opens an answer that goes on, line by line.
     *
     * @param request what
     * @param lasting how long it may go on, after which it counts as failed
     * @param line    takes each line, from when the stream is given until it is closed
     * @return the stream, once the server has begun to answer
     */
    public Future<ApiStream> open(ApiRequest request, Duration lasting, Handler<Buffer> line) {
        return attempts(address -> exchange(address, request, settings.requestTimeout())
                .map(exchange -> exchange.stream(lasting.plus(settings.requestTimeout()), line)));
    }

    private <T> Future<T> attempts(Function<ApiAddress, Future<T>> request) {
        int start = current;
        return attempt(request, start)
                .recover(failure -> again(failure)
                        ? attempt(request, current)
                                .recover(second -> Future.failedFuture(
                                        settings.addresses().size() == 1 ? second : both(failure, second)))
                        : Future.failedFuture(failure));
    }

    private static ApiFailure both(Throwable first, Throwable second) {
        int status = second instanceof ApiFailure failure ? failure.status() : 0;
        return new ApiFailure(status, first.getMessage() + "; " + second.getMessage());
    }

    private <T> Future<T> attempt(Function<ApiAddress, Future<T>> request, int index) {
        return request.apply(settings.addresses().get(index)).onFailure(failure -> {
            if (failure instanceof ApiFailure said && said.elsewhere() && current == index) {
                current = (index + 1) % settings.addresses().size();
            }
        });
    }

    /** Asks once more: who is busy or slow is left alone, unless there is another; a connection may have been broken before it was used. */
    private boolean again(Throwable failure) {
        if (closed || !(failure instanceof ApiFailure said)) {
            return false;
        }
        if (said.unauthorized()) {
            return token.refused();
        }
        return said.elsewhere() && (settings.addresses().size() > 1 || said.broken());
    }

    private Future<ApiExchange> exchange(ApiAddress address, ApiRequest request, Duration limit) {
        return token.current().compose(shown -> {
            if (closed) {
                return Future.failedFuture(new ApiFailure(0, address + ": registry is closed"));
            }
            return ApiExchange.begin(vertx, client, address, options(address, request, shown), request.patch(), limit)
                    .onSuccess(exchange -> clock.heard(exchange.header("Date")))
                    .onFailure(this::renew);
        });
    }

    private static RequestOptions options(ApiAddress address, ApiRequest request, Secret shown) {
        RequestOptions options = new RequestOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.secured())
                .setMethod(request.method())
                .setURI(request.uri())
                .putHeader("Accept", request.accept());
        request.patch().ifPresent(patch -> options.putHeader("Content-Type", "application/merge-patch+json"));
        if (!shown.isEmpty()) {
            options.putHeader("Authorization", "Bearer " + shown.reveal());
        }
        return options;
    }

    private HttpClient client() {
        HttpClientOptions options = new HttpClientOptions()
                .setDecompressionSupported(true)
                .setConnectTimeout((int) Math.min(
                        LONGEST_CONNECT_MILLIS, settings.requestTimeout().toMillis()))
                .setKeepAliveTimeout(UNUSED_SECONDS);
        settings.tls().secureClient(options);
        options.setVerifyHost(settings.tls().verify());
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions()
                        .setHttp1MaxSize(QUESTIONS_AT_ONCE + STREAMS)
                        .setMaxWaitQueueSize(WAITING))
                .withConnectHandler(QuietConnections::quiet)
                .build();
    }

    /** Whom to believe may have changed with the file that says so: read anew by the next client. */
    private void renew(Throwable failure) {
        boolean tls = String.valueOf(failure.getMessage()).contains(": tls: ");
        if (tls && System.nanoTime() - made > RENEW_NANOS) {
            made = System.nanoTime();
            Context own = vertx.getOrCreateContext();
            maker.runOnContext(there -> {
                HttpClient fresh = client();
                own.runOnContext(here -> replace(fresh));
            });
        }
    }

    private void replace(HttpClient fresh) {
        if (closed) {
            fresh.close();
            return;
        }
        client.shutdown(1, TimeUnit.MINUTES); // what still runs ends by itself
        client = fresh;
    }

    /**
     * Closes all connections, whatever runs on them.
     *
     * @return completes when that is done
     */
    public Future<Void> close() {
        closed = true;
        return client.close();
    }
}
