package dev.vertxmicro.transport.http.multiplex;

import static dev.vertxmicro.transport.http.multiplex.RawCalls.call;
import static dev.vertxmicro.transport.http.multiplex.RawCalls.frame;
import static dev.vertxmicro.transport.http.multiplex.RawCalls.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.transport.http.HttpLimits;
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
            raw.send(frame(CallFrameWriter.CALL, 1, headers))
                    .send(call(2, "hello world"))
                    .send(call(3, "good"));
            RawCalls.Frame first = raw.read();
            assertThat(first.kind()).isEqualTo(CallFrameWriter.REFUSED);
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
            assertThat(raw.offer(new RawCalls.Endless("quick"), offered)).isLessThan(offered / 2);
            assertThat(answered).as("answers that wait").hasValueLessThan(1000);
        }
    }

    @Test
    void refusesCallsOfAPeerWithTooManyAtOnce() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            for (int i = 1; i <= CallConnection.MAX_CALLS; i++) {
                raw.send(call(i, "wait"));
            }
            Promise<Message> first = running.next();
            raw.send(call(CallConnection.MAX_CALLS + 1, "wait"));
            RawCalls.Frame refusal = raw.read();
            assertThat(refusal.kind()).isEqualTo(CallFrameWriter.REFUSED);
            assertThat(refusal.text()).startsWith(ServerCalls.NOT_TAKEN);
            first.complete(new Message(Metadata.EMPTY, Buffer.buffer("done")));
            assertThat(raw.read().body()).isEqualTo("done");
            raw.send(call(CallConnection.MAX_CALLS + 2, "quick"));
            assertThat(raw.read().body()).isEqualTo("quick");
        }
    }

    @Test
    void countsACancelledCallUntilItsHandlerIsDone() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            for (int i = 1; i <= CallConnection.MAX_CALLS; i++) {
                raw.send(call(i, "wait")).send(frame(CallFrameWriter.CANCEL, i, new byte[0]));
            }
            raw.send(call(CallConnection.MAX_CALLS + 1, "quick"));
            assertThat(raw.read().text()).startsWith(ServerCalls.NOT_TAKEN);
            running.next().complete(new Message(Metadata.EMPTY, Buffer.buffer("late")));
            int id = CallConnection.MAX_CALLS + 2;
            RawCalls.Frame answer = raw.send(call(id, "quick")).read();
            while (answer.kind() == CallFrameWriter.REFUSED) { // the loop has not heard yet
                answer = raw.send(call(++id, "quick")).read();
            }
            assertThat(answer.body()).as("there is one place again").isEqualTo("quick");
        }
    }

    @Test
    void readsNoFurtherFromAPeerWhoDoesNotReadHisRefusals() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS.withMaxMessageBytes(1))) {
            long offered = 256L << 20;
            assertThat(raw.offer(new RawCalls.Endless("wait"), offered)).isLessThan(offered / 2);
        }
    }

    @Test
    void refusesCallsForWhichThereIsNoMemoryAndServesThemWhenThereIs() throws Exception {
        HttpLimits small = HttpLimits.DEFAULTS.withMaxBufferedBytes(1 << 20);
        String wait = "wait" + " ".repeat(40_000);
        String address = Await.result(listener(small)
                .onRequest((request, peer, cancellation) -> answer(trimmed(request), peer, cancellation))
                .listen());
        try (RawCalls raw = new RawCalls(address)) {
            int calls = 40;
            for (int id = 1; id <= calls; id++) {
                raw.send(call(id, wait));
            }
            raw.send(call(calls + 1, "quick"));
            int refused = 0;
            for (RawCalls.Frame next = raw.read(); next.id() <= calls; next = raw.read()) {
                assertThat(next.text()).startsWith(ServerCalls.NOT_TAKEN).contains("memory");
                refused++;
            }
            assertThat(refused).isBetween(1, calls - 1);
            for (int i = refused; i < calls; i++) {
                running.next().complete(new Message(Metadata.EMPTY, Buffer.buffer("done")));
                assertThat(raw.read().body()).isEqualTo("done");
            }
            assertThat(raw.send(call(calls + 2, "quick")).read().body()).isEqualTo("quick");
        }
        assertThat(dev.vertxmicro.net.MemoryBudget.of(vertx, 1 << 20).heldBytes())
                .isZero();
    }

    private static Message trimmed(Message request) {
        return new Message(
                request.headers(), Buffer.buffer(request.body().toString().strip()));
    }
}
