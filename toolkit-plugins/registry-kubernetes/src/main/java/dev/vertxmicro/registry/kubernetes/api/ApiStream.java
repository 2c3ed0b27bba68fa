package dev.vertxmicro.registry.kubernetes.api;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;

/** An answer that goes on, line by line, until the server ends it. Confined to one context. */
public final class ApiStream {
    /** Longest line that is taken: an object of etcd has 1.5 MiB at most. */
    static final int MAX_LINE_BYTES = 4 << 20;

    private final String address;
    private final HttpClientRequest request;
    private final Promise<Void> ended = Promise.promise();

    /** Begins to read. */
    ApiStream(
            Vertx vertx,
            String address,
            HttpClientRequest request,
            HttpClientResponse response,
            Duration lasting,
            Handler<Buffer> line) {
        this.address = address;
        this.request = request;
        RecordParser lines = RecordParser.newDelimited("\n", response).maxRecordSize(MAX_LINE_BYTES);
        long timer = vertx.setTimer(lasting.toMillis(), late -> fail("silent for longer than it was to last"));
        lines.exceptionHandler(failure -> fail(String.valueOf(failure.getMessage())));
        lines.endHandler(end -> ended.tryComplete());
        lines.handler(one -> {
            if (!ended.future().isComplete()) {
                line.handle(one);
            }
        });
        response.resume();
        ended.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void fail(String why) {
        if (ended.tryFail(new ApiFailure(0, address + ": " + why))) {
            request.reset().onFailure(already -> {});
        }
    }

    /**
     * Tells when it is over.
     *
     * @return succeeds when the server has ended it or it was closed, fails with an {@link ApiFailure} when it broke
     */
    public Future<Void> ended() {
        return ended.future();
    }

    /** Reads no further line, and frees the connection. */
    public void close() {
        if (ended.tryComplete()) {
            request.reset().onFailure(already -> {});
        }
    }
}
