package dev.vertxmicro.engine.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusBundlerTest {
    private static final String THERE = "there";

    private final Vertx vertx = Vertx.vertx();
    private final BusBundler bundler = new BusBundler(vertx);
    private final Recording<Message<Object>> taken = new Recording<>();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private void listen() {
        Await.result(vertx.eventBus().consumer(THERE, taken).completion());
    }

    private Future<Void> send(String number, Buffer body) {
        return bundler.send(THERE, body, MultiMap.caseInsensitiveMultiMap().add("number", number));
    }

    /** In one turn of an event loop. */
    private List<Future<Void>> send(int messages, int bytes) {
        Recording<List<Future<Void>>> sent = new Recording<>();
        vertx.runOnContext(turn -> sent.handle(IntStream.range(0, messages)
                .mapToObj(i -> send(Integer.toString(i), Buffer.buffer(new byte[bytes])))
                .toList()));
        return sent.next();
    }

    private static List<String> numbers(Message<Object> message) {
        List<String> numbers = new ArrayList<>();
        if (BusBundler.BUNDLE.equals(message.headers().get(BusProtocol.ACTION))) {
            BusBundle.read((Buffer) message.body(), (headers, body) -> numbers.add(headers.get("number")));
        } else {
            numbers.add(message.headers().get("number"));
        }
        return numbers;
    }

    @Test
    void sendsWhatOneTurnHasForAnAddressAsOneMessage() {
        listen();
        List<Future<Void>> sent = send(3, 10);
        sent.forEach(Await::result);
        assertThat(numbers(taken.next())).containsExactly("0", "1", "2");
        assertThat(taken.isEmpty()).isTrue();
    }

    @Test
    void sendsASingleMessageAsItIs() {
        listen();
        Await.result(send(1, 10).get(0));
        Message<Object> single = taken.next();
        assertThat(single.headers().get("number")).isEqualTo("0");
        assertThat(single.body()).isEqualTo(Buffer.buffer(new byte[10]));
    }

    @Test
    void beginsAnotherMessageWhenOneIsLarge() {
        listen();
        send(5, 40_000).forEach(Await::result);
        assertThat(numbers(taken.next())).containsExactly("0", "1");
        assertThat(numbers(taken.next())).containsExactly("2", "3");
        assertThat(numbers(taken.next())).containsExactly("4");
    }

    @Test
    void keepsNobodyWaitingWhoIsOnNoEventLoop() {
        listen();
        Await.result(send("plain", Buffer.buffer()));
        assertThat(numbers(taken.next())).containsExactly("plain");
    }

    @Test
    void tellsEachThatItCouldNotBeSent() {
        send(3, 10).forEach(sent -> assertThat(Await.cause(sent)).hasMessageContaining("No handlers"));
    }
}
