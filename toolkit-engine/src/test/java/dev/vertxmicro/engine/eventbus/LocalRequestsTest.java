package dev.vertxmicro.engine.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalRequestsTest {
    private static final String THERE = "there";

    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = Timers.manual();
    private final LocalRequests requests = new LocalRequests(vertx, timers);
    private final Recording<Object> bodies = new Recording<>();
    private final Recording<String> headers = new Recording<>();
    private final Recording<ReplyException> failures = new Recording<>();
    private final Recording<Thread> threads = new Recording<>();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void serve(Handler<Message<Object>> consumer) {
        Await.result(vertx.eventBus().consumer(THERE, consumer).completion());
    }

    private void send(@Nullable Object body) {
        DeliveryOptions options = new DeliveryOptions().addHeader("asked", "so").setSendTimeout(2000);
        requests.send(THERE, body, options, new LocalRequests.Listener() {
            @Override
            public void replied(MultiMap with, @Nullable Object answer) {
                threads.handle(Thread.currentThread());
                headers.handle(String.valueOf(with.get("said")));
                bodies.handle(answer instanceof JsonObject ? answer.toString() : Objects.requireNonNull(answer));
            }

            @Override
            public void failed(Throwable failure) {
                failures.handle((ReplyException) failure);
            }
        });
    }

    @Test
    void hearsTheReplyOnTheThreadOfWhoGivesIt() {
        Recording<Thread> consumers = new Recording<>();
        serve(message -> {
            consumers.handle(Thread.currentThread());
            message.reply(
                    new JsonObject()
                            .put("asked", message.headers().get("asked"))
                            .put("body", message.body()),
                    new DeliveryOptions().addHeader("said", "this"));
        });
        send("what");
        assertThat(bodies.next()).isEqualTo("{\"asked\":\"so\",\"body\":\"what\"}");
        assertThat(headers.next()).isEqualTo("this");
        assertThat(threads.next()).isSameAs(consumers.next());
        assertThat(requests.size()).isZero();
    }

    @Test
    void givesBytesThatTheConsumerMayGoOnChanging() {
        serve(message -> {
            Buffer bytes = Buffer.buffer("before");
            message.reply(bytes);
            bytes.setString(0, "beyond");
        });
        send(null);
        assertThat(((Buffer) bodies.next()).toString()).isEqualTo("before");
    }

    @Test
    void hearsHowAConsumerFails() {
        serve(message -> message.fail(404, "no zone"));
        send(null);
        ReplyException failure = failures.next();
        assertThat(failure.failureCode()).isEqualTo(404);
        assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
    }

    @Test
    void hearsThatNobodyIsThere() {
        send(null);
        assertThat(BusMessages.untaken(failures.next())).isTrue();
        assertThat(requests.size()).isZero();
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        Recording<Message<Object>> hanging = new Recording<>();
        serve(hanging);
        send(null);
        Message<Object> asked = hanging.next();
        timers.advance(Duration.ofMillis(1500));
        assertThat(requests.size()).isEqualTo(1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(failures.next().failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        assertThat(requests.size()).isZero();
        assertThat(timers.pending()).isZero();
        asked.reply("late");
        assertThat(bodies.isEmpty()).isTrue();
    }

    @Test
    void hearsTheFirstReplyAlone() {
        serve(message -> {
            message.reply("first");
            message.reply("second");
            message.fail(500, "third");
        });
        send(null);
        assertThat(bodies.next()).isEqualTo("first");
        send(null);
        assertThat(bodies.next()).isEqualTo("first");
        assertThat(failures.isEmpty()).isTrue();
    }
}
