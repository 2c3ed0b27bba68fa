package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls and streams on HTTP/1.1 whose node is not there any more fail before their time, though nobody can ask on their connection. */
class SilenceWatchTest {
    private static final HttpTransportOptions OPTIONS = HttpTransportOptions.DEFAULTS
            .withMultiplex(false)
            .withKeepAlive(new HttpKeepAlive(Duration.ofMillis(200), Duration.ofMillis(300)));
    private static final long SEVERAL_TIMES_MILLIS = 1200;

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(vertx, OPTIONS);
    private final Recording<NetSocket> asked = new Recording<>();
    private final AtomicInteger questions = new AtomicInteger();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** A server that answers nothing but, perhaps, whether it is there. */
    private int serve(String toQuestion) {
        return Await.result(vertx.createNetServer()
                        .connectHandler(socket -> socket.handler(bytes -> {
                            if (bytes.toString().startsWith("OPTIONS")) {
                                questions.incrementAndGet();
                                if (toQuestion.isEmpty()) {
                                    socket.close();
                                } else {
                                    socket.write(toQuestion);
                                }
                            } else {
                                asked.handle(socket);
                            }
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    private static String there() {
        return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    }

    private Future<Message> call(String address) {
        return transport.request(address, new Message(Metadata.EMPTY, Buffer.buffer("call")), CallContext.create());
    }

    private void several() {
        Await.result(vertx.timer(SEVERAL_TIMES_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void aCallFailsWhoseNodeSaysNothingOnAnyConnection() {
        try (FreezingRelay relay = FreezingRelay.to(serve(there()))) {
            Future<Message> call = call(relay.address());
            asked.next();
            relay.freeze();
            MicroException lost = Await.failure(call);
            assertThat(lost.detail()).startsWith("no sign of life from /127.0.0.1:");
            assertThat(lost.fault()).isEqualTo(Fault.BROKEN);
            assertThat(lost.retryable()).isFalse();
        }
    }

    @Test
    void aCallThatIsSlowGoesOnWhileItsNodeIsThere() {
        String address = "127.0.0.1:" + serve(there());
        Future<Message> call = call(address);
        NetSocket server = asked.next();
        several();
        assertThat(call.isComplete()).isFalse();
        server.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate");
        assertThat(Await.result(call).body().toString()).isEqualTo("late");
        int before = questions.get();
        assertThat(before).isPositive();
        several();
        assertThat(questions.get()).as("while nothing is due").isEqualTo(before);
    }

    @Test
    void aNodeThatRefusesTheQuestionIsThere() {
        Future<Message> call = call("127.0.0.1:" + serve(""));
        asked.next();
        several();
        assertThat(call.isComplete()).isFalse();
    }

    @Test
    void aNodeIsAskedOnceForAllThatWait() {
        String address = "127.0.0.1:" + serve(there());
        for (int i = 0; i < 20; i++) {
            var unused = call(address);
            asked.next();
        }
        several();
        assertThat(questions.get()).isBetween(1, 13);
    }

    @Test
    void aStreamFailsWhoseServerNeverSaidThatItIsThere() {
        try (FreezingRelay relay = FreezingRelay.to(serve(there()))) {
            Message first = new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer());
            var stream = Await.result(transport.open(relay.address(), first, CallContext.create()));
            asked.next();
            several();
            assertThat(stream.closed().isComplete()).isFalse();
            relay.freeze();
            MicroException lost = Await.failure(stream.closed());
            assertThat(lost.detail()).startsWith("no sign of life from /127.0.0.1:");
            assertThat(lost.fault()).isEqualTo(Fault.BROKEN);
        }
    }
}
