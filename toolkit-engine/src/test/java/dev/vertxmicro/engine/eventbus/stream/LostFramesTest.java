package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ends on an event bus that loses frames without a word, as one does whose connection breaks. */
class LostFramesTest {
    private final Vertx vertx = Vertx.vertx();
    private final ManualTimers timers = Timers.manual();
    private final PlainEnd plain = new PlainEnd(vertx);
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final BusStreams dialler = streams();
    private final BusStreams taker = streams();
    private Socket dialled;
    private Socket taken;

    private BusStreams streams() {
        return new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES, Duration.ofSeconds(5), timers);
    }

    @BeforeEach
    void open() {
        Await.result(dialler.ready());
        Await.result(taker.ready());
        Promise<Socket> accepted = Promise.promise();
        vertx.eventBus()
                .consumer(
                        "taker", asked -> accepted.complete(taker.opening(asked).accept(false)));
        dialled = Await.result(
                dialler.open("taker", new DeliveryOptions().addHeader("kind", "stream"), null, Cancellation.NEVER));
        taken = Await.result(accepted.future());
        vertx.eventBus().addOutboundInterceptor(frame -> {
            String kind = String.valueOf(frame.message().headers().get("frame"));
            if (!lost.contains(kind) || PlainEnd.ADDRESS.equals(frame.message().address())) {
                frame.next();
            }
        });
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** Lets time go by, in which each asks the other. */
    private void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            timers.advance(Duration.ofSeconds(1));
            plain.ask(dialler.address(), null);
            plain.ask(taker.address(), null);
            plain.ask(dialler.address(), null);
        }
    }

    private static Message message(int bytes) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
    }

    @Test
    void endsWhatTheOtherHasGivenUp() {
        lost.add("reset");
        dialled.reset(MicroException.timeout("test", "enough"));
        seconds(3);
        assertThat(Await.failure(taken.closed()).detail()).contains("given the stream up");
    }

    @Test
    void endsAStreamWhoseEndIsLost() {
        lost.add("end");
        dialled.send(message(1));
        Await.result(dialled.end(Metadata.EMPTY));
        seconds(4);
        assertThat(Await.failure(taken.closed()).detail()).contains("lost frames");
        Await.failure(dialled.closed());
    }

    @Test
    void findsRoomAgainOfWhichAFrameIsLost() {
        lost.add("credit");
        Recording<Message> read = new Recording<>();
        taken.onMessage(read);
        for (int i = 0; i < 40; i++) {
            dialled.send(message(1));
        }
        for (int i = 0; i < 16; i++) {
            read.next();
        }
        assertThat(read.isEmpty()).isTrue();
        lost.clear();
        seconds(4);
        for (int i = 16; i < 40; i++) {
            read.next();
        }
    }

    @Test
    void goesOnWhereNothingIsLost() {
        Recording<Message> read = new Recording<>();
        taken.onMessage(read);
        for (int round = 0; round < 50; round++) {
            dialled.send(message(1));
            read.next();
            seconds(1);
        }
        assertThat(dialled.closed().isComplete()).isFalse();
        assertThat(taken.closed().isComplete()).isFalse();
    }

    @Test
    void keepsWhatIsUnreadOnceBothHaveEnded() {
        taken.pause();
        Recording<Message> read = new Recording<>();
        taken.onMessage(read);
        dialled.send(message(1));
        dialled.onEnd(nothing -> {});
        Await.result(taken.end(Metadata.EMPTY));
        Await.result(dialled.end(Metadata.EMPTY));
        Await.result(dialled.closed());
        seconds(4);
        taken.resume();
        read.next();
        Await.result(taken.closed());
    }

    @Test
    void saysWhichStreamsItDoesNotKnow() {
        JsonArray states = new JsonArray()
                .add(new JsonObject().put("stream", "nobody's").put("stream-id", "a"))
                .add("nonsense")
                .add(new JsonObject().put("stream", 7));
        assertThat(plain.ask(taker.address(), new JsonObject().put("streams", states))
                        .body())
                .isEqualTo(new JsonObject().put("unknown", new JsonArray().add("a")));
        assertThat(plain.ask(taker.address(), new JsonObject().put("streams", 1))
                        .body())
                .isNull();
    }

    @Test
    void takesNoAnswerThatRepeatsNoQuestion() {
        lost.add("pong");
        vertx.eventBus()
                .send(
                        dialler.address(),
                        null,
                        new DeliveryOptions()
                                .addHeader("frame", "pong")
                                .addHeader("stream-address", taker.address())
                                .addHeader("nonce", "guessed"));
        seconds(10);
        assertThat(dialled.closed().isComplete()).isFalse();
    }
}
