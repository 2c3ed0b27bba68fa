package dev.vertxmicro.registry.consul.agent;

import dev.vertxmicro.net.TlsFailure;
import dev.vertxmicro.registry.consul.wire.CheckTerms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One question to one agent, which can be given up at any time: that frees its connection. Confined to one context. */
public final class AgentExchange {
    /** Longest answer that is taken: 100,000 nodes with many endpoints. */
    static final int MAX_ANSWER_BYTES = 256 << 20;

    private static final String INDEX = "X-Consul-Index";
    private static final int SHOWN = 200;
    private static final int OK = 200;

    private final Vertx vertx;
    private final String agent;
    private final Promise<ConsulAnswer> answer = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private final long timer;
    private @Nullable HttpClientRequest request;

    /**
     * Sends the question.
     *
     * @param vertx   keeps time
     * @param client  has connections
     * @param options where and what
     * @param limit   how long the whole exchange may take
     */
    AgentExchange(Vertx vertx, HttpClient client, RequestOptions options, Duration limit) {
        this.vertx = vertx;
        this.agent = options.getHost() + ":" + options.getPort();
        timer = vertx.setTimer(limit.toMillis(), late -> fail(0, "no answer within " + CheckTerms.goText(limit)));
        // A client that is closed throws.
        Future.succeededFuture()
                .compose(open -> client.request(options))
                .onSuccess(this::send)
                .onFailure(this::failed);
    }

    /**
     * Gives the answer.
     *
     * @return fails with an {@link AgentFailure}
     */
    public Future<ConsulAnswer> answer() {
        return answer.future();
    }

    /** Gives the exchange up; the answer fails if there is none yet. */
    public void cancel() {
        fail(0, "given up");
    }

    private void send(HttpClientRequest opened) {
        if (answer.future().isComplete()) {
            reset(opened);
            return;
        }
        request = opened;
        opened.send().onSuccess(this::receive).onFailure(this::failed);
    }

    private void receive(HttpClientResponse response) {
        response.exceptionHandler(this::failed);
        response.handler(part -> {
            if (body.length() + part.length() > MAX_ANSWER_BYTES) {
                fail(0, "answers more than " + MAX_ANSWER_BYTES + " bytes");
            } else if (!answer.future().isComplete()) {
                body.appendBuffer(part);
            }
        });
        response.endHandler(end -> {
            if (response.statusCode() == OK) {
                vertx.cancelTimer(timer);
                answer.tryComplete(new ConsulAnswer(index(response.getHeader(INDEX)), body));
            } else {
                String text = body.toString(StandardCharsets.UTF_8).trim();
                fail(response.statusCode(), response.statusCode() + " " + shortened(text));
            }
        });
    }

    private static long index(@Nullable String header) {
        try {
            return header == null ? 0 : Math.max(0, Long.parseLong(header));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Cuts what is too long to be shown.
     *
     * @param text any
     * @return its beginning
     */
    static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private void failed(Throwable cause) {
        fail(0, TlsFailure.text(cause).orElseGet(() -> String.valueOf(cause.getMessage())));
    }

    private void fail(int status, String text) {
        vertx.cancelTimer(timer);
        if (answer.tryFail(new AgentFailure(status, agent + ": " + text)) && status == 0 && request != null) {
            reset(request);
        }
    }

    private static void reset(HttpClientRequest request) {
        request.reset().onFailure(already -> {});
    }
}
