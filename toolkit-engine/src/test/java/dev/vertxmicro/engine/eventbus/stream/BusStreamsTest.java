package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BusStreamsTest {
    private static final int MIB = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final BusStreams streams = new BusStreams(vertx, 2 * MIB);
    private final Recording<io.vertx.core.eventbus.Message<Object>> frames = new Recording<>();
    private final MessageConsumer<Object> consumer = vertx.eventBus().consumer("micro.stream/plain", frame -> {
        if (!frame.headers().get("frame").equals("ping")) {
            frames.handle(frame);
        }
    });
    private String there = "";
    private String id = "";

    /** Opens a stream to a plain consumer with room for so many messages. */
    private Socket open(int credit) {
        return Await.result(streams.open(false, Cancellation.NEVER, opening -> {
            there = opening.getHeaders().get("stream-address");
            id = opening.getHeaders().get("stream-id");
            return Future.succeededFuture(new DeliveryOptions()
                    .addHeader("stream-address", "micro.stream/plain")
                    .addHeader("stream-id", "other")
                    .addHeader("credit", Integer.toString(credit))
                    .getHeaders());
        }));
    }

    @BeforeEach
    void ready() {
        Await.result(streams.ready());
    }

    @AfterEach
    void close() {
        Await.result(streams.close());
        Await.result(vertx.close());
    }

    private void send(String kind, @Nullable Object body, String... headers) {
        DeliveryOptions options = new DeliveryOptions().addHeader("frame", kind).addHeader("stream", id);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        vertx.eventBus().send(there, body, options);
    }

    private static Message message(int bytes) {
        return new Message(Metadata.of("Kind", "b"), Buffer.buffer(new byte[bytes]));
    }

    @Test
    void cutsALargeMessageAndSendsItAsThereIsRoom() {
        Socket socket = open(2);
        Future<Void> sent = socket.send(message(150_000));
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            io.vertx.core.eventbus.Message<Object> part = frames.next();
            assertThat(part.headers().get("more")).isEqualTo("true");
            assertThat(part.headers().contains("md.Kind")).isFalse();
            lengths.add(((Buffer) part.body()).length());
        }
        assertThat(sent.isComplete()).isFalse();
        send("credit", null, "credit", "1");
        io.vertx.core.eventbus.Message<Object> last = frames.next();
        assertThat(last.headers().contains("more")).isFalse();
        assertThat(last.headers().get("md.Kind")).isEqualTo("b");
        lengths.add(((Buffer) last.body()).length());
        assertThat(lengths).containsExactly(65_536, 65_536, 18_928);
        Await.result(sent);
    }

    @Test
    void refusesToQueueWithoutBound() {
        Socket socket = open(0);
        Promise<MicroException> refused = Promise.promise();
        for (int i = 0; i < 1100; i++) {
            socket.send(message(1)).onFailure(why -> refused.tryComplete((MicroException) why));
        }
        assertThat(Await.result(refused.future()).code()).isEqualTo(503);
    }

    @Test
    void putsPartsTogetherAndGivesTheirRoomBack() {
        Socket socket = open(10);
        Recording<Message> read = new Recording<>();
        socket.onMessage(read);
        send("message", Buffer.buffer("one "), "number", "1", "more", "true");
        send("message", Buffer.buffer("two "), "number", "2", "more", "true");
        send("message", Buffer.buffer("three"), "number", "3", "md.Last", "yes");
        Message whole = read.next();
        assertThat(whole.body().toString()).isEqualTo("one two three");
        assertThat(whole.headers().value("Last", "no")).isEqualTo("yes");
        for (int i = 4; i <= 8; i++) {
            send("message", Buffer.buffer("x"), "number", Integer.toString(i));
        }
        assertThat(frames.next().headers().get("credit")).isEqualTo("8");
    }

    @Test
    void grantsNothingWhileNobodyReads() {
        Socket socket = open(10);
        for (int i = 1; i <= 300; i++) {
            send("message", Buffer.buffer("x"), "number", Integer.toString(i));
        }
        int granted = 0;
        io.vertx.core.eventbus.Message<Object> frame = frames.next();
        while (frame.headers().get("frame").equals("credit")) {
            granted += Integer.parseInt(frame.headers().get("credit"));
            frame = frames.next();
        }
        assertThat(granted).isLessThanOrEqualTo(128);
        assertThat(frame.headers().get("error")).contains("beyond the credit");
        assertThat(Await.failure(socket.closed()).code()).isEqualTo(429);
    }

    @Test
    void endsWhatIsLargerThanAMessageMayBe() {
        Socket socket = open(10);
        socket.onMessage(message -> {});
        Buffer part = Buffer.buffer(new byte[BusStreams.PART_BYTES]);
        for (int i = 0; i <= 2 * MIB / BusStreams.PART_BYTES; i++) {
            send("message", part, "number", Integer.toString(i + 1), "more", "true");
        }
        MicroException error = Await.failure(socket.closed());
        assertThat(error.code()).isEqualTo(413);
        assertThat(error.detail()).contains("exceeds " + 2 * MIB);
    }

    @Test
    void keepsNothingOfAMessageWhoseSenderIsGone() {
        Socket socket = open(10);
        socket.onMessage(message -> {});
        long before = MemoryBudget.of(vertx, Long.MAX_VALUE).heldBytes();
        send("message", Buffer.buffer(new byte[BusStreams.PART_BYTES]), "number", "1", "more", "true");
        Await.result(consumer.unregister());
        MicroException lost = Await.failure(socket.closed());
        assertThat(lost.code()).isEqualTo(500);
        assertThat(MemoryBudget.of(vertx, Long.MAX_VALUE).heldBytes()).isEqualTo(before);
    }

    @Test
    void refusesFramesOfNoKind() {
        open(10);
        send("massage", null);
        assertThat(frames.next().headers().get("error")).contains("frame: massage (expected: message, end, reset or");
        send("reset", null);
        assertThat(frames.isEmpty()).isTrue();
    }
}
