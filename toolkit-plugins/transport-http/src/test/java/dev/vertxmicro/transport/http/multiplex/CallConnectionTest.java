package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A caller's end of a multiplexed connection, on a channel whose every turn the test makes. */
class CallConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final CallPool pool = new CallPool(1, opened -> Future.failedFuture("none"), () -> {}, () -> {});
    private final CallConnection connection = new CallConnection(
            "peer:1",
            pool,
            new MessageLimits(64 * 1024, 100_000, Duration.ofSeconds(30)),
            new RareWarning(System.getLogger(CallConnection.class.getName()), Timers.manual()),
            channel.pipeline().firstContext());

    CallConnectionTest() {
        channel.pipeline().addLast(connection);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private Future<Message> call(String body) {
        return call(body, Cancellation.NEVER);
    }

    private Future<Message> call(String body, Cancellation cancellation) {
        Promise<Message> promise = Promise.promise();
        Message message = new Message(Metadata.EMPTY, Buffer.buffer(body));
        assertThat(connection.send(new MultiplexedCall("peer:1", message, cancellation, 100_000, promise)))
                .isTrue();
        return promise.future();
    }

    /** What was flushed since, one entry a write. */
    private List<String> written() {
        List<String> writes = new ArrayList<>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            writes.add(next.toString(StandardCharsets.ISO_8859_1));
            next.release();
        }
        return writes;
    }

    private void receive(byte[] frame) {
        channel.writeInbound(Unpooled.wrappedBuffer(frame));
    }

    private static byte[] answer(int id, String body) {
        return RawCalls.frame(CallFrameWriter.ANSWER, id, RawCalls.message(Metadata.EMPTY, Buffer.buffer(body)));
    }

    @Test
    void writesTheCallsOfATurnTogether() {
        call("one");
        call("two");
        assertThat(written()).isEmpty();
        channel.runPendingTasks();
        assertThat(written()).singleElement().asString().contains("one").contains("two");
    }

    @Test
    void writesTheCallsThatAnswersLeadToTogether() {
        List<Future<Message>> next = new ArrayList<>();
        call("one").onSuccess(answer -> next.add(call("three")));
        call("two").onSuccess(answer -> next.add(call("four")));
        channel.runPendingTasks();
        written();
        receive(Buffer.buffer(answer(1, "")).appendBytes(answer(2, "")).getBytes());
        assertThat(written()).singleElement().asString().contains("three").contains("four");
    }

    @Test
    void tellsCallsThatNeverLeftFromThoseThatDid() {
        Future<Message> left = call("one");
        channel.runPendingTasks();
        Future<Message> never = call("two");
        var unused = channel.pipeline().firstContext().close();
        channel.runPendingTasks(); // what was to be sent finds the channel closed
        assertThat(List.of(Await.failure(left), Await.failure(never)))
                .extracting(MicroException::detail, MicroException::retryable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("EOF", false),
                        org.assertj.core.groups.Tuple.tuple("EOF", true));
        assertThat(Await.failure(left).id()).isEqualTo("go.micro.client.transport");
    }

    @Test
    void failsAsSentWhatWasSentEvenIfACancelWaitsWhenTheConnectionBreaks() {
        Cancellation cancellation = new Cancellation();
        call("one", cancellation);
        Future<Message> left = call("two");
        channel.runPendingTasks();
        cancellation.cancel(MicroException.timeout("test", "too late"));
        Future<Message> never = call("three");
        var unused = channel.pipeline().firstContext().close();
        channel.runPendingTasks();
        assertThat(Await.failure(left).retryable()).as("left").isFalse();
        assertThat(Await.failure(never).retryable()).as("never left").isTrue();
    }

    @Test
    void failsAsSentWhatLeftBecauseTheBatchWasFull() {
        Future<Message> left = call("x".repeat(CallFrameWriter.MAX_CALL - 100));
        Future<Message> leftWithIt = call("y".repeat(200));
        Future<Message> never = call("z");
        var unused = channel.pipeline().firstContext().close();
        channel.runPendingTasks();
        assertThat(List.of(Await.failure(left), Await.failure(leftWithIt), Await.failure(never)))
                .extracting(MicroException::retryable)
                .containsExactly(false, false, true);
    }

    @Test
    void saysThatACallMayBeTriedElsewhereIfItsServerHadNoPlaceForIt() {
        Future<Message> notTaken = call("one");
        Future<Message> failed = call("two");
        channel.runPendingTasks();
        receive(RawCalls.frame(CallFrameWriter.REFUSED, 1, "503 too many".getBytes(StandardCharsets.US_ASCII)));
        receive(RawCalls.frame(CallFrameWriter.REFUSED, 2, "500 failed".getBytes(StandardCharsets.US_ASCII)));
        assertThat(List.of(Await.failure(notTaken), Await.failure(failed)))
                .extracting(MicroException::code, MicroException::retryable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(503, true),
                        org.assertj.core.groups.Tuple.tuple(500, false));
    }

    @Test
    void tellsTheServerOfACancelledCallAndDropsItsAnswer() {
        Cancellation cancellation = new Cancellation();
        Future<Message> cancelled = call("one", cancellation);
        channel.runPendingTasks();
        written();
        MicroException cause = MicroException.timeout("test", "too late");
        cancellation.cancel(cause);
        assertThat(Await.failure(cancelled)).isSameAs(cause);
        channel.runPendingTasks();
        assertThat(written())
                .containsExactly(new String(
                        RawCalls.frame(CallFrameWriter.CANCEL, 1, new byte[0]), StandardCharsets.ISO_8859_1));
        receive(answer(1, "late"));
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void takesNoMoreThanItsShareOfCalls() {
        for (int i = 0; i < CallConnection.MAX_CALLS; i++) {
            call("x");
        }
        Promise<Message> promise = Promise.promise();
        Message message = new Message(Metadata.EMPTY, Buffer.buffer());
        MultiplexedCall more = new MultiplexedCall("peer:1", message, Cancellation.NEVER, 1, promise);
        assertThat(connection.send(more)).isFalse();
        channel.runPendingTasks();
        receive(answer(1, ""));
        assertThat(connection.send(more)).isTrue();
    }

    @Test
    void closesOnceAllIsAnsweredWhenTheServerWantsNoMore() {
        Future<Message> running = call("one");
        channel.runPendingTasks();
        receive(RawCalls.frame(CallFrameWriter.LAST, 0, new byte[0]));
        assertThat(connection.usable()).isFalse();
        assertThat(channel.isOpen()).isTrue();
        receive(answer(1, "done"));
        assertThat(Await.result(running).body().toString()).isEqualTo("done");
        assertThat(channel.isOpen()).isFalse();
    }

    static List<byte[]> garbage() {
        byte[] large = RawCalls.frame(CallFrameWriter.LARGE, 1, new byte[] {0, 0, 0, 0, 0, 0, 0, 9});
        byte[] last = RawCalls.frame(CallFrameWriter.LAST, 0, new byte[0]);
        return List.of(
                answer(2, "to a call that never was"),
                answer(0, "to none"),
                answer(-7, "to none"),
                RawCalls.frame(CallFrameWriter.REFUSED, 2, new byte[0]),
                RawCalls.frame(CallFrameWriter.PART, 2, new byte[1]),
                RawCalls.frame(CallFrameWriter.CALL, 1, new byte[4]),
                RawCalls.frame(CallFrameWriter.CANCEL, 1, new byte[0]),
                RawCalls.frame(CallFrameWriter.LAST, 1, new byte[0]),
                RawCalls.frame(CallFrameWriter.LAST, 0, new byte[1]),
                both(last, last),
                both(large, large),
                both(large, answer(1, "second")),
                both(large, RawCalls.frame(CallFrameWriter.REFUSED, 1, new byte[0])),
                both(large, RawCalls.frame(CallFrameWriter.PART, 1, new byte[0])),
                new byte[] {0, 0, 0, 4, 1, 0, 0, 0},
                RawCalls.frame(99, 1, new byte[0]),
                RawCalls.frame(CallFrameWriter.ANSWER, 1, new byte[] {0, 0, 0, 9}),
                RawCalls.frame(CallFrameWriter.LARGE, 1, new byte[] {0, 0, 0, 0}),
                RawCalls.frame(CallFrameWriter.PART, 1, new byte[1]),
                both(large, RawCalls.frame(CallFrameWriter.PART, 1, new byte[10])));
    }

    private static byte[] both(byte[] first, byte[] second) {
        return Buffer.buffer(first).appendBytes(second).getBytes();
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void closesAConnectionWhoseServerSendsNoFrames(byte[] garbage) {
        try (RecordedLogs logs = RecordedLogs.of(CallConnection.class)) {
            Future<Message> call = call("one");
            channel.runPendingTasks();
            receive(garbage);
            assertThat(channel.isOpen()).isFalse();
            assertThat(Await.failure(call).detail()).endsWith(" from peer:1");
            assertThat(logs.next()).startsWith("http: connection to peer:1 closed: ");
        }
    }
}
