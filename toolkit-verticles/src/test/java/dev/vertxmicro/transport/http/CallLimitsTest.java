package dev.vertxmicro.transport.http;

import static dev.vertxmicro.transport.http.RawCalls.call;
import static dev.vertxmicro.transport.http.RawCalls.frame;
import static dev.vertxmicro.transport.http.RawCalls.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.Await;
import dev.vertxmicro.testkit.RecordedLogs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a server does to multiplexed connections that ask too much of it. */
class CallLimitsTest extends CallFixture {

    @Test
    void refusesACallAboveTheLimitsAndServesTheOthers() throws Exception {
        HttpLimits small = HttpLimits.DEFAULTS.withMaxHeaderBytes(1024).withMaxMessageBytes(10);
        try (RawCalls raw = connect(small)) {
            byte[] headers = message(Metadata.of("Big", "x".repeat(2000)), Buffer.buffer());
            raw.send(frame(CallBatch.CALL, 1, headers))
                    .send(call(2, "hello world"))
                    .send(call(3, "good"));
            RawCalls.Frame first = raw.read();
            assertThat(first.kind()).isEqualTo(CallBatch.REFUSED);
            assertThat(first.text()).startsWith("431 ");
            assertThat(raw.read().text()).startsWith("413 ").endsWith("message exceeds 10 bytes");
            assertThat(raw.read().body()).isEqualTo("good");
        }
    }

    @Test
    void closesAConnectionWhoseFrameDripsIn() throws Exception {
        try (RecordedLogs logs = RecordedLogs.of(ServerCalls.class);
                RawCalls raw = connect(HttpLimits.DEFAULTS.withReadTimeout(Duration.ofMillis(200)))) {
            raw.send(call(1, "quick"));
            assertThat(raw.read().id()).isEqualTo(1);
            Await.result(vertx.timer(400, TimeUnit.MILLISECONDS));
            raw.send(call(2, "silent between calls"));
            assertThat(raw.read().id()).isEqualTo(2);
            raw.send(new byte[] {0, 0, 0});
            assertThat(raw.closed()).isTrue();
            assertThat(logs.next()).endsWith("call took too long to arrive");
        }
    }

    @Test
    void closesASilentConnectionButNotOneWithACallThatRuns() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS.withIdleTimeout(Duration.ofMillis(200)))) {
            raw.send(call(1, "wait"));
            Promise<Message> slow = running.next();
            Await.result(vertx.timer(600, TimeUnit.MILLISECONDS));
            slow.complete(new Message(Metadata.EMPTY, Buffer.buffer("slow")));
            assertThat(raw.read().body()).isEqualTo("slow");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void readsNoFurtherFromAPeerWhoDoesNotReadHisAnswers() throws Exception {
        AtomicLong answered = new AtomicLong();
        Message answer = new Message(Metadata.EMPTY, Buffer.buffer(new byte[32 * 1024]));
        String address = Await.result(listener(HttpLimits.DEFAULTS)
                .onRequest((request, peer, cancellation) -> {
                    answered.incrementAndGet();
                    return Future.succeededFuture(answer);
                })
                .listen());
        try (RawCalls raw = new RawCalls(address)) {
            long offered = 64L << 20;
            assertThat(raw.offer(manyCalls("quick"), offered)).isLessThan(offered / 2);
            assertThat(answered).as("answers that wait").hasValueLessThan(1000);
        }
    }

    @Test
    void readsNoFurtherFromAPeerWithTooManyCallsAtOnce() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            long offered = 64L << 20;
            assertThat(raw.offer(manyCalls("wait"), offered)).isLessThan(offered / 2);
            for (int i = 0; i < CallConnection.MAX_CALLS; i++) {
                running.next();
            }
            assertThat(running.isEmpty()).isTrue();
        }
    }

    private static byte[] manyCalls(String body) {
        Buffer calls = Buffer.buffer();
        for (int i = 0; i < 10_000; i++) {
            calls.appendBytes(call(i, body));
        }
        return calls.getBytes();
    }
}
