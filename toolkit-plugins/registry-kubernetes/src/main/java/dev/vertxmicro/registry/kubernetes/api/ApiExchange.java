package dev.vertxmicro.registry.kubernetes.api;

import dev.vertxmicro.net.TlsFailure;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One answer of an API server that has begun well, and is read to its end or given up. Confined to one context. */
final class ApiExchange {
    /** Longest answer that is taken: a page of a list. */
    static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final int SHOWN = 200;
    private static final int OK = 200;
    private static final int OTHER = 300;

    private final Vertx vertx;
    private final ApiAddress address;
    private final HttpClientRequest request;
    private final HttpClientResponse response;
    private final long end;

    private ApiExchange(
            Vertx vertx, ApiAddress address, HttpClientRequest request, HttpClientResponse response, long end) {
        this.vertx = vertx;
        this.address = address;
        this.request = request;
        this.response = response;
        this.end = end;
    }

    /**
     * Sends a request and waits until the answer begins.
     *
     * @param limit how long until the answer is whole, unless it is streamed
     * @return fails if the server refuses
     */
    static Future<ApiExchange> begin(
            Vertx vertx,
            HttpClient client,
            ApiAddress address,
            RequestOptions options,
            Optional<Buffer> body,
            Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Promise<ApiExchange> begun = Promise.promise();
        long timer = vertx.setTimer(
                limit.toMillis(), late -> begun.tryFail(ApiFailure.late(address + ": no answer within " + limit)));
        Future.succeededFuture()
                .compose(open -> client.request(options)) // a client that is closed throws
                .onFailure(failure -> begun.tryFail(failure(address, failure)))
                .onSuccess(request -> {
                    request.exceptionHandler(told -> {}); // by the answer, or instead of it
                    begun.future().onFailure(late -> request.reset().onFailure(already -> {}));
                    if (begun.future().isComplete()) {
                        return;
                    }
                    Future<HttpClientResponse> sent = body.isPresent() ? request.send(body.get()) : request.send();
                    sent.onFailure(failure -> begun.tryFail(failure(address, failure)))
                            .onSuccess(response -> take(vertx, address, request, response, end, begun));
                });
        begun.future().onComplete(done -> vertx.cancelTimer(timer));
        return begun.future();
    }

    private static void take(
            Vertx vertx,
            ApiAddress address,
            HttpClientRequest request,
            HttpClientResponse response,
            long end,
            Promise<ApiExchange> begun) {
        ApiExchange exchange = new ApiExchange(vertx, address, request, response, end);
        if (response.statusCode() >= OK && response.statusCode() < OTHER) {
            response.pause();
            if (!begun.tryComplete(exchange)) {
                request.reset().onFailure(already -> {});
            }
            return;
        }
        exchange.body()
                .onComplete(read -> begun.tryFail(new ApiFailure(
                        response.statusCode(), address + ": " + response.statusCode() + " " + said(read.result()))));
    }

    /** What a {@code Status} says, or the beginning of what is none. */
    private static String said(@Nullable Buffer body) {
        String text = body == null ? "" : body.toString(StandardCharsets.UTF_8).trim();
        if (text.startsWith("{")) {
            try {
                Object message = new JsonObject(text).getValue("message");
                text = message == null ? text : message.toString();
            } catch (RuntimeException e) {
                // shown as it is
            }
        }
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private static ApiFailure failure(ApiAddress address, Throwable cause) {
        String text = TlsFailure.text(cause).orElseGet(() -> String.valueOf(cause.getMessage()));
        // Who breaks off in the midst of a handshake gives no reason.
        return new ApiFailure(0, address + ": " + (text.endsWith("null") ? "connection lost" : text));
    }

    @Nullable
    String header(String name) {
        return response.getHeader(name);
    }

    /** Reads it to its end. */
    Future<Buffer> body() {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
        long timer = vertx.setTimer(left, late -> give(whole, "no whole answer in time"));
        response.exceptionHandler(failure -> whole.tryFail(failure(address, failure)));
        response.endHandler(done -> whole.tryComplete(body));
        response.handler(part -> {
            if (body.length() + part.length() > MAX_ANSWER_BYTES) {
                give(whole, "answers more than " + MAX_ANSWER_BYTES + " bytes");
            } else if (!whole.future().isComplete()) {
                body.appendBuffer(part);
            }
        });
        response.resume();
        whole.future().onComplete(done -> vertx.cancelTimer(timer));
        return whole.future();
    }

    private void give(Promise<?> up, String why) {
        if (up.tryFail(ApiFailure.late(address + ": " + why))) {
            request.reset().onFailure(already -> {});
        }
    }

    /** Reads it line by line. */
    ApiStream stream(Duration lasting, Handler<Buffer> line) {
        return new ApiStream(vertx, address.toString(), request, response, lasting, line);
    }
}
