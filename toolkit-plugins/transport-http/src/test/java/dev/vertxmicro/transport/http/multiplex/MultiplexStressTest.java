package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten thousand calls at once, from several event loops to several; each answer is its own. */
class MultiplexStressTest {
    private static final int CALLS = 10_000;
    private static final int LOOPS = 4;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    /** What call {@code number} is answered: most are small, one in a hundred is large. */
    private static byte[] answer(int number) {
        Random random = new Random(number);
        byte[] bytes = new byte[random.nextInt(100) == 0 ? random.nextInt(300_000) : random.nextInt(1000)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void answersEachCallByItsOwnAnswer() throws Exception {
        WarmedTransport transport =
                new WarmedTransport(vertx, HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS));
        Random random = new Random(42);
        RequestHandler handler = (request, peer, cancellation) -> {
            int number = Integer.parseInt(request.headers().value("Micro-Id", "-1"));
            Message answer = new Message(Metadata.of("Micro-Id", "" + number), Buffer.buffer(answer(number)));
            if (number % 3 == 0) {
                return Future.succeededFuture(answer);
            }
            return vertx.timer(1 + number % 20).map(answer);
        };
        String address = Await.result(
                transport.listener("127.0.0.1:-7").onRequest(handler).listen());
        Await.result(transport.listener("127.0.0.1:-7").onRequest(handler).listen());
        List<Future<Void>> done = new ArrayList<>();
        AtomicInteger right = new AtomicInteger();
        for (int loop = 0; loop < LOOPS; loop++) {
            int from = loop;
            byte[] request = new byte[random.nextInt(2000)];
            Promise<Void> all = Promise.promise();
            done.add(all.future());
            Context context = ((VertxInternal) vertx).contextBuilder().build();
            context.runOnContext(start -> transport.warm(address).onComplete(warm -> {
                List<Future<Message>> calls = new ArrayList<>();
                for (int number = from; number < CALLS; number += LOOPS) {
                    calls.add(call(transport, address, number, request, right));
                }
                Future.join(calls).<Void>mapEmpty().onComplete(all);
            }));
        }
        for (Future<Void> loop : done) {
            loop.await(60, TimeUnit.SECONDS);
        }
        assertThat(right).hasValue(CALLS);
    }

    private static Future<Message> call(
            WarmedTransport transport, String address, int number, byte[] request, AtomicInteger right) {
        return transport
                .request(
                        address,
                        new Message(Metadata.of("Micro-Id", "" + number), Buffer.buffer(request)),
                        CallContext.create())
                .onSuccess(answer -> {
                    if (answer.headers().value("Micro-Id", "").equals("" + number)
                            && Arrays.equals(answer.body().getBytes(), answer(number))) {
                        right.incrementAndGet();
                    }
                });
    }
}
