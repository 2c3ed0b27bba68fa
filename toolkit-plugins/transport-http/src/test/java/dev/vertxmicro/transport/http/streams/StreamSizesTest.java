package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages of every size pass both ways between two ends of ours. */
class StreamSizesTest {
    private static final int KIB = 1024;
    private static final int LIMIT = 16 * KIB * KIB;

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);

    @AfterEach
    void stop() {
        Await.result(transport.close());
        Await.result(vertx.close());
    }

    private Socket open(SocketHandler handler) {
        String address =
                Await.result(transport.listener("127.0.0.1:0").onStream(handler).listen());
        Message first = new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer());
        return Await.result(transport.open(address, first, CallContext.create()));
    }

    /** The bytes of each are told by its place. */
    private static Buffer body(int size, int place) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i += 251) {
            bytes[i] = (byte) (place + i);
        }
        return Buffer.buffer(bytes);
    }

    private static List<Integer> aroundEveryBoundary() {
        List<Integer> sizes = new ArrayList<>();
        for (int edge = 8 * KIB; edge <= 1024 * KIB; edge *= 2) {
            sizes.addAll(List.of(edge - 200, edge - 1, edge, edge + 1));
        }
        sizes.addAll(List.of(0, 0, 1, 2, 110_000, 300_000, 4 * KIB * KIB + 1, LIMIT - 1, LIMIT, LIMIT, 3));
        List<Integer> shuffled = new ArrayList<>(sizes);
        Collections.shuffle(shuffled, new Random(5));
        sizes.addAll(shuffled);
        return sizes;
    }

    /** Sends one after the other as there is room, then ends. */
    private static void pour(Socket socket, Iterator<Integer> sizes, int place, Promise<Void> all) {
        if (!sizes.hasNext()) {
            socket.end(Metadata.EMPTY).onComplete(all);
            return;
        }
        socket.send(new Message(Metadata.EMPTY, body(sizes.next(), place)))
                .onComplete(room -> pour(socket, sizes, place + 1, all), all::tryFail);
    }

    private static Future<Void> pour(Socket socket, List<Integer> sizes) {
        Promise<Void> all = Promise.promise();
        pour(socket, sizes.iterator(), 0, all);
        return all.future();
    }

    /** Fails at the first message that is not what was sent; completes when the other end has ended. */
    private static Future<Void> expect(Socket socket, List<Integer> sizes) {
        Promise<Void> all = Promise.promise();
        List<Integer> read = new ArrayList<>();
        socket.onMessage(message -> {
            int place = read.size();
            read.add(message.body().length());
            if (place >= sizes.size() || !message.body().equals(body(sizes.get(place), place))) {
                all.tryFail("message " + place + " of " + message.body().length() + " bytes");
            }
        });
        socket.onEnd(end -> all.tryComplete());
        socket.closed().onFailure(all::tryFail);
        return all.future()
                .compose(end -> read.equals(sizes) ? Future.succeededFuture() : Future.failedFuture("" + read));
    }

    private void passesBothWays(List<Integer> sizes) {
        Promise<Void> served = Promise.promise();
        Socket client = open((first, socket, peer) -> Future.all(expect(socket, sizes), pour(socket, sizes))
                .<Void>mapEmpty()
                .onComplete(served));
        Future<Void> received = expect(client, sizes);
        vertx.runOnContext(start -> pour(client, sizes));
        Await.result(served.future());
        Await.result(received);
        assertThat(Await.result(client.closed())).isNull();
    }

    @Test
    void messagesOfEverySizePassBothWays() {
        passesBothWays(aroundEveryBoundary());
    }

    @Test
    void manyLargeMessagesPassBothWays() {
        passesBothWays(Collections.nCopies(200, 300_000));
    }

    @Test
    void messagesOfRandomSizesPassBothWays() {
        Random random = new Random(11);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            sizes.add(random.nextInt(1 + random.nextInt(600 * KIB)));
        }
        passesBothWays(sizes);
    }
}
