package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SignsOfLife;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both ends of a multiplexed connection ask whether the other is there, where both know how. */
class PingTest extends CallFixture {
    private static final byte[] NOTHING = {};

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private final CallConnection connection = new CallConnection(
            "peer:1",
            new CallPool(1, opened -> Future.failedFuture("none"), () -> {}, () -> {}),
            new MessageLimits(64 * 1024, 100_000, Duration.ofSeconds(30)),
            new RareWarning(System.getLogger(CallConnection.class.getName()), Timers.manual()),
            channel.pipeline().firstContext());

    PingTest() {
        channel.freezeTime();
        channel.pipeline().addLast(connection);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void begin(boolean known) {
        connection.pings(known);
        connection.keepAlive(new SignsOfLife.Settings(Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
        channel.runPendingTasks(); // writes what timers wrote
    }

    /** The kinds of the frames that were sent since. */
    private List<Integer> kinds() {
        List<Integer> kinds = new ArrayList<>();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            while (next.isReadable()) {
                int length = next.readInt();
                kinds.add((int) next.readByte());
                next.skipBytes(length - 1);
            }
            next.release();
        }
        return kinds;
    }

    private Future<Message> call(Cancellation cancellation) {
        Promise<Message> promise = Promise.promise();
        Message message = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        assertThat(connection.send(new MultiplexedCall("peer:1", message, cancellation, 100_000, promise)))
                .isTrue();
        channel.runPendingTasks();
        return promise.future();
    }

    @Test
    void asksEveryTenSecondsAndStaysWhileItIsAnswered() {
        begin(true);
        pass(5_000);
        for (int i = 0; i < 100; i++) {
            pass(4_999);
            assertThat(kinds()).isEmpty();
            pass(1);
            assertThat(kinds()).containsExactly(CallFrameWriter.PING);
            channel.writeInbound(Unpooled.wrappedBuffer(RawCalls.frame(CallFrameWriter.PONG, 0, NOTHING)));
            pass(5_000);
        }
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void failsItsCallsWhenNobodyAnswers() {
        begin(true);
        Future<Message> running = call(Cancellation.NEVER);
        pass(10_000);
        pass(5_000);
        assertThat(channel.isOpen()).isTrue(); // what came while the loop was held up is read first
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        MicroException failure = Await.failure(running);
        assertThat(failure.detail()).isEqualTo("no sign of life from peer:1");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void takesWhateverComesForAnAnswer() {
        begin(true);
        Future<Message> running = call(Cancellation.NEVER);
        pass(10_000);
        channel.writeInbound(Unpooled.wrappedBuffer(
                RawCalls.frame(CallFrameWriter.ANSWER, 1, RawCalls.message(Metadata.EMPTY, Buffer.buffer("y")))));
        pass(5_001);
        assertThat(channel.isOpen()).isTrue();
        assertThat(Await.result(running).body()).hasToString("y");
    }

    @Test
    void asksAtOnceWhenACallWasWaitedForInVain() {
        begin(true);
        Cancellation first = new Cancellation();
        Cancellation second = new Cancellation();
        call(first);
        call(second);
        kinds();
        first.cancel(MicroException.timeout("x", "deadline"));
        second.cancel(MicroException.timeout("x", "deadline"));
        channel.runPendingTasks();
        assertThat(kinds()).containsExactly(CallFrameWriter.CANCEL, CallFrameWriter.PING, CallFrameWriter.CANCEL);
        pass(5_000);
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void asksNothingOfAPeerThatKnowsNoPings() {
        begin(false);
        pass(60_000);
        assertThat(kinds()).isEmpty();
        channel.writeInbound(Unpooled.wrappedBuffer(RawCalls.frame(CallFrameWriter.PING, 0, NOTHING)));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void answersAPingOfTheSecondVersionOnly() throws Exception {
        String address = Await.result(listener(HttpLimits.DEFAULTS).listen());
        byte[] ping = RawCalls.frame(CallFrameWriter.PING, 0, NOTHING);
        try (RawCalls peer = RawCalls.withPings(address)) {
            assertThat(peer.send(ping).read().kind()).isEqualTo(CallFrameWriter.PONG);
        }
        try (RawCalls old = new RawCalls(address)) {
            assertThat(old.send(ping).closed()).isTrue();
        }
    }

    @Test
    void endsAConnectionWhosePingIsMalformed() throws Exception {
        String address = Await.result(listener(HttpLimits.DEFAULTS).listen());
        try (RawCalls numbered = RawCalls.withPings(address);
                RawCalls filled = RawCalls.withPings(address)) {
            assertThat(numbered.send(RawCalls.frame(CallFrameWriter.PING, 1, NOTHING))
                            .closed())
                    .isTrue();
            assertThat(filled.send(RawCalls.frame(CallFrameWriter.PONG, 0, new byte[1]))
                            .closed())
                    .isTrue();
        }
    }
}
