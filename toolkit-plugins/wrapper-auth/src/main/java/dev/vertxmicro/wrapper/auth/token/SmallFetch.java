package dev.vertxmicro.wrapper.auth.token;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.List;

/** Requests whose answers are small and in time, or failures. Follows no redirects. May be used from any thread. */
public final class SmallFetch {
    private static final int OK = 200;

    private final HttpClientAgent client;
    private final Timers timers;
    private final Duration timeout;
    private final int mostBytes;

    /**
     * Makes one.
     *
     * @param vertx     what asks
     * @param timers    the clock
     * @param timeout   for all of a request
     * @param mostBytes of an answer
     * @param trust     files with the certificates of those whom to believe; empty for those of the JDK
     */
    public SmallFetch(Vertx vertx, Timers timers, Duration timeout, int mostBytes, List<String> trust) {
        HttpClientOptions options =
                new HttpClientOptions().setConnectTimeout((int) Math.min(60_000, timeout.toMillis()));
        if (!trust.isEmpty()) {
            PemTrustOptions believed = new PemTrustOptions();
            trust.forEach(believed::addCertPath);
            options.setTrustOptions(believed);
        }
        this.client = vertx.createHttpClient(options);
        this.timers = timers;
        this.timeout = timeout;
        this.mostBytes = mostBytes;
    }

    /**
     * Sends a request.
     *
     * @param options where to
     * @param body    what, perhaps nothing
     * @return what a 200 says; fails with anything else, on any thread
     */
    public Future<Buffer> send(RequestOptions options, Buffer body) {
        Promise<Buffer> answer = Promise.promise();
        Timer timer = timers.schedule(timeout, () -> answer.tryFail("no answer within " + timeout.toMillis() + " ms"));
        answer.future().onComplete(done -> timer.cancel());
        client.request(options).onComplete(made -> {
            if (made.succeeded()) {
                send(made.result(), body, answer);
            } else {
                answer.tryFail(made.cause());
            }
        });
        return answer.future();
    }

    private void send(HttpClientRequest request, Buffer body, Promise<Buffer> answer) {
        request.exceptionHandler(answer::tryFail); // also what the reset ends it with
        answer.future().onFailure(failed -> request.reset());
        if (answer.future().isComplete()) {
            return;
        }
        request.send(body).onComplete(answered -> {
            if (answered.succeeded()) {
                read(answered.result(), answer);
            } else {
                answer.tryFail(answered.cause());
            }
        });
    }

    private void read(HttpClientResponse response, Promise<Buffer> answer) {
        response.exceptionHandler(answer::tryFail);
        if (response.statusCode() != OK) {
            answer.tryFail("status " + response.statusCode());
            return;
        }
        Buffer all = Buffer.buffer();
        response.handler(part -> {
            if (all.length() + part.length() > mostBytes) {
                answer.tryFail("more than " + mostBytes + " bytes");
            } else {
                all.appendBuffer(part);
            }
        });
        response.endHandler(end -> answer.tryComplete(all));
    }

    /**
     * Ends it.
     *
     * @return completes when its connections are closed
     */
    public Future<Void> close() {
        return client.close();
    }
}
