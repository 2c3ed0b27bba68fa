package dev.vertxmicro.engine.eventbus.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}
