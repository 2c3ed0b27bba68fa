package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An end of ours against one of a plain verticle. */
class PlainPeerTest {
    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = Timers.manual();
    private final PlainEnd plain = new PlainEnd(vertx);
    private final BusStreams streams =
            new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES, Duration.ofSeconds(5), timers);

    @BeforeEach
    void listen() {
        Await.result(streams.ready());
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Socket open(long credit) {
        return Await.result(streams.open(false, Cancellation.NEVER, opening -> {
            plain.meet(opening.getHeaders());
            return Future.succeededFuture(PlainEnd.offer("opened", credit).getHeaders());
        }));
    }

    @Test
    void givesRoomForWhatCameBeforeItsStreamWasAnswered() {
        Promise<MultiMap> answer = Promise.promise();
        Future<Socket> opening = streams.open(false, Cancellation.NEVER, asked -> {
            plain.meet(asked.getHeaders());
            return answer.future();
        });
        plain.messages(16);
        plain.ask(streams.address(), null);
        answer.complete(PlainEnd.offer("opened", 1).getHeaders());
        Recording<Message> read = new Recording<>();
        Await.result(opening).onMessage(read);
        assertThat(plain.next("credit").headers().get("credit")).isEqualTo("16");
        plain.messages(24);
        for (int i = 0; i < 40; i++) {
            read.next();
        }
    }

    private static Message message(int bytes) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
    }

    @Test
    void isOverForAHandlerThatEndsWithoutReadingAll() {
        Socket socket = open(1);
        socket.onMessage(nothing -> {}).onEnd(end -> socket.end(Metadata.EMPTY));
        Future<Void> read = socket.send(message(1));
        Future<Void> unread = socket.send(message(1));
        plain.next("message");
        Await.result(read);
        plain.write("end", null);
        plain.next("end");
        Await.result(socket.closed());
        assertThat(Await.failure(unread).detail()).contains("ended");
    }

    @Test
    void isOverForAHandlerThatEndsAfterItsCallerWhoWaitsForRoom() {
        Socket socket = open(0);
        socket.onMessage(nothing -> {}).onEnd(end -> socket.end(Metadata.EMPTY));
        socket.send(message(1));
        Future<Void> ended = socket.end(Metadata.of("last", "word"));
        plain.write("end", null);
        assertThat(plain.next("end").headers().get("md.last")).isEqualTo("word");
        Await.result(ended);
        Await.result(socket.closed());
    }

    @Test
    void takesRoomWithoutEnd() {
        Socket socket = open(Long.MAX_VALUE);
        plain.write("credit", null, "credit", Long.toString(Long.MAX_VALUE));
        plain.ask(streams.address(), null);
        for (int i = 0; i < 100; i++) {
            Await.result(socket.send(message(1)));
            plain.next("message");
        }
    }

    @Test
    void givesUpWhoDoesNotReadALargeBody() {
        Socket socket = open(1);
        OneMessage.write(socket.onMessage(nothing -> {}), message(3 * BusStreams.PART_BYTES));
        plain.next("message");
        settle();
        timers.advance(Duration.ofSeconds(29));
        plain.write("credit", null, "credit", "1");
        plain.next("message");
        settle();
        timers.advance(Duration.ofSeconds(2));
        settle();
        assertThat(plain.isQuiet()).isTrue();
        timers.advance(Duration.ofSeconds(30));
        assertThat(plain.next("reset").headers().get("error")).contains("nothing is read");
        assertThat(Await.failure(socket.closed()).code()).isEqualTo(408);
    }

    /** Until the stream, which is on the context of this thread, has done what it was told. */
    private void settle() {
        plain.ask(streams.address(), null);
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(done::complete);
        Await.result(done.future());
    }

    @Test
    void keepsNoMoreForWhoDoesNotReadThanThereIsMemory() {
        MemoryBudget budget = MemoryBudget.of(vertx, MemoryBudget.DEFAULT_BYTES);
        Socket socket = open(0);
        int large = BusStreams.MAX_MESSAGE_BYTES;
        Buffer shared = Buffer.buffer(new byte[large]);
        long most = MemoryBudget.DEFAULT_BYTES / large + 1;
        socket.send(new Message(Metadata.EMPTY, shared));
        settle();
        assertThat(budget.heldBytes()).isGreaterThanOrEqualTo(large);
        for (int i = 0; i < most; i++) {
            socket.send(new Message(Metadata.EMPTY, shared));
        }
        assertThat(Await.failure(socket.closed()).code()).isEqualTo(503);
        assertThat(plain.next("reset").headers().get("error")).contains("no memory");
        assertThat(budget.heldBytes()).isZero();
    }

    @Test
    void takesNoFrameThatIsLargerThanAPart() {
        Socket socket = open(1);
        plain.write("message", Buffer.buffer(new byte[BusStreams.PART_BYTES + 1]));
        assertThat(plain.next("reset").headers().get("error")).contains("in parts");
        MicroException error = Await.failure(socket.closed());
        assertThat(error.code()).isEqualTo(413);
        assertThat(error.fault()).isEqualTo(Fault.CALLER);
    }

    @Test
    void putsPartsTogetherAndCountsThemWhileItDoes() {
        MemoryBudget budget = MemoryBudget.of(vertx, MemoryBudget.DEFAULT_BYTES);
        Socket socket = open(1);
        Recording<Message> read = new Recording<>();
        socket.onMessage(read);
        Buffer part = Buffer.buffer(new byte[BusStreams.PART_BYTES]);
        plain.write("message", part, "more", "true");
        plain.write("message", part, "more", "true");
        settle();
        assertThat(budget.heldBytes()).isEqualTo(2L * BusStreams.PART_BYTES);
        plain.write("message", Buffer.buffer("end"));
        assertThat(read.next().body().length()).isEqualTo(2 * BusStreams.PART_BYTES + 3);
        assertThat(budget.heldBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 500",
        "enough, 500",
        "'{\"id\":\"x\",\"code\":200,\"detail\":\"enough\"}', 500",
        "'{\"id\":\"x\",\"code\":-1,\"detail\":\"enough\"}', 500",
        "'{\"id\":\"x\",\"code\":409,\"detail\":\"enough\"}', 409"
    })
    void anErrorIsWhateverEndsAStreamByForce(String text, int code) {
        Socket socket = open(1);
        plain.write("reset", null, "error", text);
        MicroException error = Await.failure(socket.closed());
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.detail()).isEqualTo(text.isEmpty() ? "stream was reset" : "enough");
        assertThat(error.remote()).isTrue();
    }

    @Test
    void completesSendsOnTheContextOfWhoSends() {
        Socket socket = open(2);
        Promise<Boolean> there = Promise.promise();
        Context other = ((VertxInternal) vertx).createEventLoopContext();
        other.runOnContext(begun -> socket.send(message(1))
                .compose(sent -> socket.end(Metadata.EMPTY))
                .onSuccess(ended -> there.complete(Vertx.currentContext() == other)));
        assertThat(Await.result(there.future())).isTrue();
    }

    private MicroException unanswered(@Nullable Buffer body) {
        vertx.eventBus().consumer("silent", plain::met);
        Future<Socket> opening =
                streams.open("silent", new DeliveryOptions().addHeader("kind", "test"), body, Cancellation.NEVER);
        plain.meeting();
        timers.advance(Duration.ofSeconds(5));
        return Await.failure(opening);
    }

    @Test
    void sendsNothingElsewhereThatSomebodyMayHaveBegunWith() {
        MicroException error = unanswered(Buffer.buffer("first"));
        assertThat(error.fault()).isEqualTo(Fault.BROKEN);
        assertThat(error.retryable()).isFalse();
        assertThat(error.detail()).contains("no answer in time");
    }

    @Test
    void maySendElsewhereWhatNobodyHasBegunWith() {
        MicroException error = unanswered(null);
        assertThat(error.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void repeatsNoOpeningOfAHandlerThatIsSlowToAnswerAndEndsItsStream() {
        Promise<MultiMap> answer = Promise.promise();
        Future<Socket> opening = streams.open(false, Cancellation.NEVER, asked -> answer.future());
        timers.advance(Duration.ofSeconds(5));
        MicroException error = Await.failure(opening);
        assertThat(error.fault()).isEqualTo(Fault.BROKEN);
        assertThat(error.retryable()).isFalse();
        answer.complete(PlainEnd.offer("opened", 1).getHeaders());
        plain.next("reset");
    }
}
