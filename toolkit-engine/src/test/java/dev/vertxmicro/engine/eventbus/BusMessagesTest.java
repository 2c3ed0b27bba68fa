package dev.vertxmicro.engine.eventbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BusMessagesTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void refuses(Function<Message<Object>, Future<?>> handler, int code, String detail) throws Exception {
        var consumer = BusMessages.consume(vertx.eventBus(), "here", false, handler);
        DeliveryOptions options = BusMessages.versioned().setSendTimeout(5_000).setLocalOnly(true);
        assertThatThrownBy(() -> vertx.eventBus()
                        .request("here", "x", options)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ReplyException.class, reply -> {
                    assertThat(reply.failureCode()).isEqualTo(code);
                    assertThat(reply.getMessage()).contains(detail);
                });
        consumer.unregister().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    @SuppressWarnings("NullAway") // what a handler may do
    void answersWhateverAHandlerDoes() throws Exception {
        refuses(message -> null, 500, "gave null (expected: a future)");
        refuses(
                message -> {
                    throw new NoClassDefFoundError("gone");
                },
                500,
                "gone");
        refuses(
                message -> {
                    throw new IllegalArgumentException("header x");
                },
                400,
                "header x");
        refuses(message -> Future.succeededFuture(new Object()), 500, "No message codec");
    }

    @Test
    void takesTheTimeOfACallFromEitherHeader() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        assertThat(BusMessages.timeout("here", headers)).isEmpty();
        headers.set("timeout", "7");
        assertThat(BusMessages.timeout("here", headers)).contains(Duration.ofNanos(7));
        headers.set("micro-timeout", "9");
        assertThat(BusMessages.timeout("here", headers)).contains(Duration.ofNanos(9));
        headers.set("micro-timeout", "9s");
        assertThatThrownBy(() -> BusMessages.timeout("here", headers))
                .hasMessageContaining("header micro-timeout: 9s (expected: nanoseconds, decimal)");
        headers.remove("micro-timeout").set("timeout", "7s");
        assertThatThrownBy(() -> BusMessages.timeout("here", headers))
                .hasMessageContaining("header timeout: 7s (expected: nanoseconds, decimal)");
    }
}
