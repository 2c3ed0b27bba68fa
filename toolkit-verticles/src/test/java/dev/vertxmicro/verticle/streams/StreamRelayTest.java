package dev.vertxmicro.verticle.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamRelayTest {
    private final ManualTimers timers = Timers.manual();
    private final List<MicroException> resets = new ArrayList<>();
    private final Promise<Void> told = Promise.promise();
    private final Promise<Void> closed = Promise.promise();
    private final Promise<Void> ended = Promise.promise();

    /** A caller of whom it is up to the test when he reads, and ends. */
    private final class Caller implements Socket {
        @Override
        public Future<Void> send(Message message) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end(Metadata trailer) {
            return told.future();
        }

        @Override
        public void reset(MicroException error) {
            resets.add(error);
            closed.tryFail(error);
        }

        @Override
        public Socket onMessage(Handler<Message> handler) {
            return this;
        }

        @Override
        public Socket onEnd(Handler<Metadata> handler) {
            return this;
        }

        @Override
        public Socket pause() {
            return this;
        }

        @Override
        public Socket resume() {
            return this;
        }

        @Override
        public Future<Void> closed() {
            return closed.future();
        }
    }

    private final class Service implements ClientStream<Buffer, Buffer> {
        @Override
        public Future<Void> send(Buffer message) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            return Future.succeededFuture();
        }

        @Override
        public void cancel(MicroException reason) {
            ended.tryFail(reason);
        }

        @Override
        public ClientStream<Buffer, Buffer> onMessage(Handler<Buffer> handler) {
            return this;
        }

        @Override
        public ClientStream<Buffer, Buffer> pause() {
            return this;
        }

        @Override
        public ClientStream<Buffer, Buffer> resume() {
            return this;
        }

        @Override
        public Future<Void> ended() {
            return ended.future();
        }
    }

    @BeforeEach
    void join() {
        StreamRelay.join(new Caller(), new Service(), timers);
    }

    @Test
    void endsTheStreamOfACallerWhoReadsNothingOfAFailedOne() {
        ended.fail(MicroException.timeout("test", "deadline"));
        timers.advance(Duration.ofSeconds(10));
        assertThat(resets).hasSize(1);
    }

    @Test
    void givesACallerWhoIsToldLateTheWholeTime() {
        ended.complete();
        timers.advance(Duration.ofSeconds(9));
        told.complete();
        timers.advance(Duration.ofSeconds(9));
        assertThat(resets).isEmpty();
        timers.advance(Duration.ofSeconds(1));
        assertThat(resets).hasSize(1);
    }

    @Test
    void leavesNoTimerToWhoEnds() {
        ended.complete();
        closed.complete();
        told.complete();
        assertThat(timers.pending()).isZero();
        assertThat(resets).isEmpty();
    }
}
