package dev.vertxmicro.transport.http.multiplex;

import static dev.vertxmicro.transport.http.multiplex.RawCalls.call;
import static dev.vertxmicro.transport.http.multiplex.RawCalls.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.HttpLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server does with the bytes of a multiplexed connection. */
class CallWireTest extends CallFixture {

    @Test
    void answersInTheOrderInWhichHandlersDo() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            raw.send(call(1, "wait")).send(call(2, "quick"));
            RawCalls.Frame quick = raw.read();
            assertThat(quick.kind()).isEqualTo(CallFrameWriter.ANSWER);
            assertThat(quick.id()).isEqualTo(2);
            assertThat(quick.headers().value("Micro-Id", "")).isEqualTo("2");
            assertThat(quick.text()).isEqualTo("quick");
            running.next().complete(new Message(Metadata.EMPTY, Buffer.buffer("late")));
            assertThat(raw.read().id()).isEqualTo(1);
        }
    }

    @Test
    void takesFramesHoweverTheyAreCut() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            byte[] two =
                    Buffer.buffer(call(1, "one")).appendBytes(call(2, "two")).getBytes();
            for (byte b : two) {
                raw.send(new byte[] {b});
            }
            assertThat(raw.read().id()).isEqualTo(1);
            assertThat(raw.read().id()).isEqualTo(2);
        }
    }

    @Test
    void tellsTheHandlerOfACancelledCallAndDropsItsAnswer() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            raw.send(call(1, "wait"));
            Recording<String> told = new Recording<>();
            cancellations.next().onCancel(() -> told.handle("gone"));
            raw.send(frame(CallFrameWriter.CANCEL, 1, new byte[0]));
            assertThat(told.next()).isEqualTo("gone");
            running.next().complete(new Message(Metadata.EMPTY, Buffer.buffer("late")));
            raw.send(call(2, "next"));
            assertThat(raw.read().id()).isEqualTo(2);
        }
    }

    @Test
    void sendsNothingMoreOfALargeAnswerThatIsCancelled() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            raw.send(call(1, "wait"));
            int length = 32 << 20; // more than sockets hold
            running.next().complete(new Message(Metadata.EMPTY, Buffer.buffer(new byte[length])));
            RawCalls.Frame begin = raw.read();
            assertThat(begin.kind()).isEqualTo(CallFrameWriter.LARGE);
            raw.send(frame(CallFrameWriter.CANCEL, 1, new byte[0])).send(call(2, "next"));
            long parts = 0;
            RawCalls.Frame next = raw.read();
            for (; next.id() == 1; next = raw.read()) {
                parts += next.payload().readableBytes();
            }
            assertThat(next.body()).isEqualTo("next");
            assertThat(parts).as("bytes that were on their way").isLessThan(length);
        }
    }

    @Test
    void tellsTheHandlerThatTheConnectionIsGone() throws Exception {
        Recording<String> told = new Recording<>();
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            raw.send(call(1, "wait"));
            cancellations.next().onCancel(() -> told.handle("gone"));
        }
        assertThat(told.next()).isEqualTo("gone");
    }

    static Stream<byte[]> garbage() {
        byte[] headersBeyondTheFrame = {0, 0, 1, 0, 1};
        byte[] valueBeyondTheHeaders = {0, 0, 0, 2, 1, 9};
        byte[] unknownName = {0, 0, 0, 2, 99, 0};
        byte[] noName = {0, 0, 0, 4, 0, 1, ' ', 0};
        return Stream.of(
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                new byte[] {0, 0, 0, 4, 1, 0, 0, 0},
                new byte[] {-1, 0, 0, 0, 1, 0, 0, 0},
                new byte[] {0, 2, 0, 0},
                frame(99, 1, new byte[0]),
                frame(CallFrameWriter.ANSWER, 1, new byte[4]),
                frame(CallFrameWriter.CALL, 1, new byte[3]),
                frame(CallFrameWriter.CALL, 1, headersBeyondTheFrame),
                frame(CallFrameWriter.CALL, 1, valueBeyondTheHeaders),
                frame(CallFrameWriter.CALL, 1, unknownName),
                frame(CallFrameWriter.CALL, 1, noName),
                both(call(1, "wait"), call(1, "wait")),
                both(call(1, "quick"), call(1, "quick")),
                both(call(1, "quick"), call(3, "quick")),
                call(0, "quick"),
                call(2, "quick"),
                frame(CallFrameWriter.CANCEL, 1, new byte[0]),
                frame(CallFrameWriter.CANCEL, 0, new byte[0]),
                frame(CallFrameWriter.CANCEL, -1, new byte[0]),
                both(call(1, "quick"), frame(CallFrameWriter.CANCEL, 2, new byte[0])),
                both(call(1, "wait"), frame(CallFrameWriter.CANCEL, 1, new byte[1])),
                frame(CallFrameWriter.PART, 1, new byte[1]),
                frame(CallFrameWriter.LAST, 0, new byte[0]));
    }

    private static byte[] both(byte[] first, byte[] second) {
        return Buffer.buffer(first).appendBytes(second).getBytes();
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void closesAConnectionThatSendsNoFrames(byte[] garbage) throws Exception {
        try (RecordedLogs logs = RecordedLogs.of(ServerCalls.class);
                RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            raw.send(garbage);
            assertThat(raw.untilClosed()).as("frames that came before").isLessThanOrEqualTo(1);
            assertThat(logs.next())
                    .startsWith("http: connection from 127.0.0.1:")
                    .contains(" closed: ");
        }
    }

    @Test
    void saysOnceThatConnectionsOfWhichManyAreMalformedAreClosed() throws Exception {
        String address = Await.result(listener(HttpLimits.DEFAULTS).listen());
        try (RecordedLogs logs = RecordedLogs.of(ServerCalls.class)) {
            for (int i = 0; i < 20; i++) {
                try (RawCalls raw = new RawCalls(address)) {
                    raw.send(frame(99, 1, new byte[0]));
                    assertThat(raw.untilClosed()).isZero();
                }
            }
            assertThat(logs.count()).isEqualTo(1);
        }
    }

    @Test
    void ignoresACancelThatAnAnswerHasOvertaken() throws Exception {
        try (RawCalls raw = connect(HttpLimits.DEFAULTS)) {
            raw.send(call(1, "quick"));
            assertThat(raw.read().id()).isEqualTo(1);
            raw.send(frame(CallFrameWriter.CANCEL, 1, new byte[0])).send(call(2, "next"));
            assertThat(raw.read().id()).isEqualTo(2);
        }
    }

    @Test
    void answersForAHandlerThatFailsOrGivesNothing() throws Exception {
        String address = Await.result(listener(HttpLimits.DEFAULTS)
                .onRequest((request, peer, cancellation) ->
                        answersWrongly(request.body().toString()))
                .listen());
        try (RawCalls raw = new RawCalls(address)) {
            int id = 0;
            for (String how : List.of("error", "null", "nothing", "failure")) {
                raw.send(call(++id, how));
                RawCalls.Frame answer = raw.read();
                assertThat(answer.kind()).as(how).isEqualTo(CallFrameWriter.REFUSED);
                assertThat(answer.text()).isEqualTo("500 Internal Server Error");
            }
        }
    }

    @SuppressWarnings("NullAway") // which is what a handler must not do
    private static Future<Message> answersWrongly(String how) {
        return switch (how) {
            case "error" -> throw new StackOverflowError();
            case "null" -> null;
            case "nothing" -> Future.succeededFuture();
            default -> Future.failedFuture("failed");
        };
    }

    @Test
    void answersWhatRunsBeforeItCloses() throws Exception {
        Listener listener = listener(HttpLimits.DEFAULTS);
        Future<Void> closed;
        try (RawCalls raw = new RawCalls(Await.result(listener.listen()))) {
            raw.send(call(1, "wait"));
            Promise<Message> answer = running.next();
            closed = listener.close();
            assertThat(raw.read().kind()).isEqualTo(CallFrameWriter.LAST);
            answer.complete(new Message(Metadata.EMPTY, Buffer.buffer("still")));
            assertThat(raw.read().id()).isEqualTo(1);
        }
        Await.result(closed);
    }

    @Test
    void saysThatItTakesCallsToAllButGoClients() throws Exception {
        RequestHandler echo = (request, peer, cancellation) -> Future.succeededFuture(request);
        String address =
                Await.result(listener(HttpLimits.DEFAULTS).onRequest(echo).listen());
        String post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n";
        try (RawConnection raw = new RawConnection(address)) {
            assertThat(raw.send(post + "\r\n").read().headers()).containsEntry("Server", "vertx-micro");
            assertThat(raw.send(post + "User-Agent: Go-http-client/1.1\r\n\r\n")
                            .read()
                            .headers())
                    .doesNotContainKey("Server");
        }
    }
}
