package dev.vertxmicro.transport.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStreamTest {
    private static final Message MESSAGE = new Message(Metadata.EMPTY, Buffer.buffer("x"));

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final Promise<Socket> servers = Promise.promise();
    private final Listener listener =
            transport.listener(":0").onStream((first, socket, peer) -> servers.complete(socket));
    private final String address = "127.0.0.1" + listener.listen().result();
    private final Socket client =
            transport.open(address, MESSAGE, CallContext.create()).result();
    private final Socket server = servers.future().result();

    private List<Future<Void>> send(int messages) {
        List<Future<Void>> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sent.add(client.send(MESSAGE));
        }
        return sent;
    }

    private static MicroException cause(Future<?> failed) {
        return (MicroException) failed.cause();
    }

    @Test
    void holdsTheSenderBackWhileTheBufferIsFull() {
        List<Future<Void>> sent = send(StreamInbox.HIGH + 1);
        assertThat(sent.subList(0, StreamInbox.HIGH - 1)).allMatch(Future::succeeded);
        List<Future<Void>> held = sent.subList(StreamInbox.HIGH - 1, sent.size());
        assertThat(held).noneMatch(Future::isComplete);
        List<Message> read = new ArrayList<>();
        server.onMessage(message -> {
            read.add(message);
            if (read.size() == StreamInbox.HIGH - StreamInbox.LOW) {
                server.pause();
            }
        });
        assertThat(held).noneMatch(Future::isComplete);
        server.onMessage(message -> server.pause()).resume();
        assertThat(held).allMatch(Future::succeeded);
    }

    @Test
    void refusesASenderThatNeverWaits() {
        send(StreamInbox.HIGH - 1 + MemoryPipe.MAX_WAITING);
        assertThat(cause(client.send(MESSAGE)).code()).isEqualTo(503);
    }

    @Test
    void failsTheWaitingSendsOfAResetStream() {
        List<Future<Void>> sent = send(StreamInbox.HIGH);
        server.reset(MicroException.of("contract", 418, "short and stout"));
        assertThat(cause(sent.get(StreamInbox.HIGH - 1)).code()).isEqualTo(418);
        assertThat(cause(client.closed()).remote()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void endsAtBothEndsWhateverAHandlerThrows() {
        server.onMessage(message -> MemoryStreamTest.<RuntimeException>sneak(new IOException("x")));
        client.send(MESSAGE);
        assertThat(cause(client.closed()).detail()).isEqualTo("stream handler failed");
        assertThat(cause(server.closed()).detail()).isEqualTo("stream handler failed");
    }

    @Test
    void givesAStreamTwoSecondsWhenItsListenerCloses() {
        Future<Void> closed = listener.close();
        timers.advance(Duration.ofMillis(1999));
        assertThat(client.send(MESSAGE).succeeded()).isTrue();
        assertThat(closed.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(closed.succeeded()).isTrue();
        assertThat(cause(client.closed()).code()).isEqualTo(500);
        assertThat(cause(client.send(MESSAGE)).code()).isEqualTo(500);
    }

    @Test
    void leavesNoTimerWhenAStreamEndsInTime() {
        Future<Void> closed = listener.close();
        client.end(Metadata.EMPTY);
        server.end(Metadata.EMPTY);
        assertThat(closed.succeeded()).isTrue();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void breaksOffWhenTheTransportCloses() {
        assertThat(transport.close().succeeded()).isTrue();
        assertThat(cause(server.closed()).detail()).isEqualTo("transport is closed");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void readsALongQueueWithoutDeepStacks() {
        List<Message> received = new ArrayList<>();
        server.onMessage(message -> {
            received.add(message);
            server.pause();
            server.resume();
        });
        send(100_000);
        assertThat(received).hasSize(100_000);
    }

    @Test
    void resetsAStreamWhoseReaderThrows() {
        server.onMessage(message -> {
            throw MicroException.internal("contract", "thrown by the test").withoutStackTrace();
        });
        client.send(MESSAGE);
        assertThat(cause(client.closed()).code()).isEqualTo(500);
        assertThat(cause(server.closed()).detail()).isEqualTo("stream handler failed");
    }

    @Test
    void deliversNothingOfAResetStream() {
        List<Message> received = new ArrayList<>();
        client.send(MESSAGE);
        client.end(Metadata.EMPTY);
        server.end(Metadata.EMPTY);
        server.reset(MicroException.internal("contract", "enough"));
        server.onMessage(received::add);
        assertThat(received).isEmpty();
    }

    @Test
    void tellsALateHandlerOfTheEnd() {
        List<Metadata> trailers = new ArrayList<>();
        client.end(Metadata.of("a", "b"));
        server.onEnd(trailers::add);
        assertThat(trailers).containsExactly(Metadata.of("a", "b"));
    }
}
