package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers on worker threads stop and go at random while the event loop fills their inboxes: nobody is left waiting. */
class StreamStressTest {
    private static final int STREAMS = 4;
    private static final int MESSAGES = 60_000;

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS);
    private final Promise<String> address = Promise.promise();

    @AfterEach
    void stop() {
        Await.result(transport.close());
        Await.result(vertx.close());
    }

    /** Counts on worker threads, and stops now and then for a task of its own. */
    private final class Counting extends AbstractVerticle {
        @Override
        public void start() {
            transport
                    .listener("127.0.0.1:0")
                    .onStream((first, socket, peer) ->
                            count(new Random(first.body().getInt(0)), socket))
                    .listen()
                    .onComplete(address);
        }

        private void count(Random random, Socket socket) {
            int[] count = {0};
            socket.onMessage(message -> {
                count[0]++;
                if (random.nextInt(150) == 0) {
                    socket.pause();
                    vertx.runOnContext(later -> socket.resume());
                }
            });
            socket.onEnd(end -> {
                socket.send(new Message(Metadata.EMPTY, Buffer.buffer().appendInt(count[0])));
                socket.end(Metadata.EMPTY);
            });
        }
    }

    private static void pour(Socket socket, int left) {
        for (int i = left; i > 0; i--) {
            Future<Void> room = socket.send(new Message(Metadata.EMPTY, Buffer.buffer("x")));
            if (!room.isComplete()) {
                int rest = i - 1;
                room.onSuccess(more -> pour(socket, rest));
                return;
            }
        }
        socket.end(Metadata.EMPTY);
    }

    private Future<Integer> counted(int seed) {
        Message first = new Message(
                Metadata.of("Micro-Stream", "s" + seed), Buffer.buffer().appendInt(seed));
        Promise<Integer> counted = Promise.promise();
        vertx.runOnContext(open -> transport
                .open(address.future().result(), first, CallContext.create())
                .onSuccess(socket -> {
                    socket.onMessage(answer -> counted.complete(answer.body().getInt(0)));
                    pour(socket, MESSAGES);
                }));
        return counted.future();
    }

    @Test
    void noReaderOnAWorkerIsLeftWaiting() {
        Await.result(
                vertx.deployVerticle(new Counting(), new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        Await.result(address.future());
        for (int round = 0; round < 5; round++) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                all.add(counted(round * STREAMS + i));
            }
            for (Future<Integer> one : all) {
                assertThat(Await.result(one)).isEqualTo(MESSAGES);
            }
        }
    }
}
