package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.http.HttpLimits;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A listener that drains tells its peers to go elsewhere, and loses nothing of what they ask meanwhile. */
class DrainTest extends CallFixture {
    private static final String REQUEST = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n";

    private final Listener listener = listener(HttpLimits.DEFAULTS);
    private final String address = Await.result(listener.listen());

    @Test
    void asksForNoFurtherMultiplexedCallsAndAnswersThose() throws Exception {
        Future<Void> gone;
        try (RawCalls peer = new RawCalls(address)) {
            peer.send(RawCalls.call(1, "wait"));
            var handled = running.next();
            gone = listener.drain();
            assertThat(listener.drain()).isSameAs(gone);
            assertThat(peer.read().kind()).isEqualTo(CallFrameWriter.LAST);
            peer.send(RawCalls.call(2, "late"));
            assertThat(peer.read().body()).isEqualTo("late");
            handled.complete(new Message(Metadata.EMPTY, Buffer.buffer("done")));
            assertThat(peer.read().body()).isEqualTo("done");
            assertThat(gone.isComplete()).isFalse();
        }
        Await.result(gone);
    }

    @Test
    void asksSoOnAConnectionThatComesLater() throws Exception {
        Await.result(listener.drain());
        try (RawCalls peer = new RawCalls(address)) {
            assertThat(peer.read().kind()).isEqualTo(CallFrameWriter.LAST);
        }
    }

    @Test
    void saysWithAnAnswerOfHttpThatTheConnectionCloses() throws Exception {
        Future<Void> gone;
        try (RawConnection idle = new RawConnection(address);
                RawConnection busy = new RawConnection(address)) {
            assertThat(ask(idle, "here").header("connection")).isEmpty();
            busy.send(REQUEST + "wait");
            var handled = running.next();
            gone = listener.drain();
            handled.complete(new Message(Metadata.EMPTY, Buffer.buffer("done")));
            RawConnection.Response answer = busy.read();
            assertThat(answer.body()).isEqualTo("done");
            assertThat(answer.header("connection")).isEqualToIgnoringCase("close");
            assertThat(gone.isComplete()).as("while one is idle").isFalse();
            RawConnection.Response late = ask(idle, "late");
            assertThat(late.body()).isEqualTo("late");
            assertThat(late.header("connection")).isEqualToIgnoringCase("close");
        }
        Await.result(gone);
    }

    @Test
    void saysNothingWhereNobodyListens() {
        assertThat(Await.result(listener(HttpLimits.DEFAULTS).drain().map("drained")))
                .isEqualTo("drained");
    }

    private static RawConnection.Response ask(RawConnection connection, String body) throws IOException {
        return connection.send(REQUEST + body).read();
    }
}
