package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusOpeningTest {
    private static final String THERE = "there";

    private final Vertx vertx = Vertx.vertx();
    private final BusStreams own = new BusStreams(vertx, 1000);
    private final BusStreams others = new BusStreams(vertx, 1000);

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void serve(Consumer<BusOpening> taker) {
        vertx.eventBus().consumer(THERE, message -> taker.accept(others.opening(message)));
    }

    private Future<Socket> open() {
        return own.open(THERE, new DeliveryOptions().addHeader("kind", "test"), null, Cancellation.NEVER);
    }

    @Test
    void letsGoElsewhereWhatFindsNoRoom() {
        serve(opening -> opening.refuse(MicroException.unavailable("x", "full").asNotTaken()));
        MicroException refused = Await.failure(open());
        assertThat(refused.fault()).isEqualTo(Fault.NOT_TAKEN);
        assertThat(refused.code()).isEqualTo(503);
    }

    @Test
    void letsGoElsewhereWhatIsRefused() {
        serve(opening -> opening.refuse(MicroException.internal("x", "leaves").withFault(Fault.UNREACHABLE)));
        MicroException refused = Await.failure(open());
        assertThat(refused.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(refused.retryable()).isTrue();
    }

    @Test
    void believesOfNoOpenStreamThatItReachedNobody() {
        Recording<MicroException> ended = new Recording<>();
        serve(opening -> {
            Socket socket = opening.accept(false);
            socket.onMessage(message ->
                    socket.reset(MicroException.unavailable("x", "full").asNotTaken()));
        });
        Socket socket = Await.result(open());
        socket.closed().onFailure(why -> ended.handle((MicroException) why));
        socket.send(new dev.vertxmicro.message.Message(Metadata.EMPTY, Buffer.buffer("x")));
        MicroException reset = ended.next();
        assertThat(reset.fault()).isEqualTo(Fault.UNKNOWN);
        assertThat(reset.retryable()).isFalse();
    }

    /** Takes all places that one address may have. */
    private void fill() {
        Recording<Message<Object>> asked = new Recording<>();
        vertx.eventBus().consumer("full", asked);
        vertx.eventBus()
                .send(
                        "full",
                        null,
                        new DeliveryOptions()
                                .addHeader(BusProtocol.FRAME, "open")
                                .addHeader(BusProtocol.STREAM_ID, "1")
                                .addHeader(BusProtocol.STREAM_ADDRESS, own.address()));
        Message<Object> one = asked.next();
        for (int i = 0; i < StreamPlaces.MOST / 2; i++) {
            others.opening(one).reserve();
        }
    }

    @Test
    void refusesBeyondThePlaces() {
        fill();
        serve(opening -> {
            try {
                opening.accept(false);
            } catch (MicroException full) {
                opening.refuse(full);
            }
        });
        assertThat(Await.failure(open()).fault()).isEqualTo(Fault.NOT_TAKEN);
    }

    @Test
    void takesTheAnswerToACallHoweverManyStreamsAreOpen() {
        fill();
        serve(BusOpening::acceptAnswer);
        assertThat(Await.result(open())).isNotNull();
    }

    @Test
    void givesThePlacesBackOfStreamsThatEnd() {
        serve(opening -> opening.accept(false));
        for (int i = 0; i <= StreamPlaces.MOST / 2; i++) {
            Socket socket = Await.result(open());
            socket.reset(MicroException.timeout("x", "enough"));
            Await.cause(socket.closed());
        }
    }

    @Test
    void givesThePlaceOfARefusedStreamBack() {
        serve(opening -> {
            opening.reserve();
            opening.refuse(MicroException.badRequest("x", "no"));
        });
        for (int i = 0; i <= StreamPlaces.MOST / 2; i++) {
            assertThat(Await.failure(open()).code()).isEqualTo(400);
        }
    }

    @Test
    void givesIdsThatTellNothingOfOthers() {
        String one = own.nextId();
        String next = own.nextId();
        assertThat(next.substring(0, 18)).isNotEqualTo(one.substring(0, 18));
    }
}
