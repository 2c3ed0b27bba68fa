package dev.vertxmicro.transport.http.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import dev.vertxmicro.transport.http.multiplex.CallOpening;
import dev.vertxmicro.transport.http.multiplex.RawCalls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a listener shares its event loop among connections of which each asks much at once. */
class PipeliningTest {
    private static final int REQUESTS = 2000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private String serve(RequestHandler handler) {
        return Await.result(HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS)
                .listener("127.0.0.1:0")
                .onRequest(handler)
                .listen());
    }

    private static String post(String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Holds the event loop with its first request until everything has been sent, and remembers what came in which order. */
    private static final class Holding implements RequestHandler {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch sent = new CountDownLatch(1);
        private final List<String> order = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Future<Message> handle(
                Message request, dev.vertxmicro.message.Peer peer, dev.vertxmicro.message.Cancellation cancellation) {
            if (request.body().toString().equals("hold")) {
                begun.countDown();
                awaitSent();
            }
            order.add(request.body().toString());
            return Future.succeededFuture(request);
        }

        private void awaitSent() {
            try {
                assertThat(sent.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void letsOthersHaveTheirTurnBetweenTheRequestsOfOne() throws Exception {
        Holding handler = new Holding();
        String address = serve(handler);
        try (RawConnection hold = new RawConnection(address);
                RawConnection greedy = new RawConnection(address);
                RawConnection modest = new RawConnection(address)) {
            greedy.send(post("greedy")).read();
            modest.send(post("modest")).read();
            hold.send(post("hold"));
            handler.begun.await();
            greedy.send(post("greedy").repeat(REQUESTS));
            modest.send(post("last"));
            handler.sent.countDown();
            modest.read();
            assertThat(handler.order.indexOf("last")).as("requests before it").isLessThan(200);
            for (int i = 0; i < REQUESTS; i++) {
                greedy.read();
            }
        }
    }

    @Test
    void letsOthersHaveTheirTurnBetweenTheMultiplexedCallsOfOne() throws Exception {
        Holding handler = new Holding();
        String address = serve(handler);
        try (RawConnection hold = new RawConnection(address);
                RawCalls greedy = new RawCalls(address);
                RawCalls modest = new RawCalls(address)) {
            hold.send(post("hold"));
            handler.begun.await();
            Buffer calls = Buffer.buffer();
            for (int i = 1; i <= REQUESTS; i++) {
                calls.appendBytes(RawCalls.call(i, "greedy"));
            }
            greedy.send(calls.getBytes());
            modest.send(RawCalls.call(1, "last"));
            handler.sent.countDown();
            modest.read();
            assertThat(handler.order.indexOf("last")).as("calls before it").isLessThan(500);
            for (int i = 1; i <= REQUESTS; i++) {
                assertThat(greedy.read().id()).isEqualTo(i);
            }
        }
    }

    @Test
    void answersPipelinedRequestsWhoseHandlersTakeTheirTimeInOrder() throws Exception {
        String address = serve((request, peer, cancellation) -> {
            Promise<Message> later = Promise.promise();
            vertx.runOnContext(next -> later.complete(request));
            return later.future();
        });
        try (RawConnection raw = new RawConnection(address)) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < REQUESTS; i++) {
                requests.append(post("body " + i));
            }
            raw.send(requests.toString());
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(raw.read().body()).isEqualTo("body " + i);
            }
        }
    }

    @Test
    void answersPipelinedRequestsOfEverySizeHoweverTheyAreCut() throws Exception {
        Random random = new Random(10);
        String address = serve((request, peer, cancellation) -> random.nextInt(4) > 0
                ? Future.succeededFuture(request)
                : vertx.timer(1, TimeUnit.MILLISECONDS).map(request));
        Random sizes = new Random(11);
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String body = (i + " ").repeat(sizes.nextInt(sizes.nextInt(8) == 0 ? 20_000 : 100));
            bodies.add(body);
            byte[] bytes = (sizes.nextBoolean() ? post(body) : chunked(body)).getBytes(StandardCharsets.US_ASCII);
            requests.write(bytes, 0, bytes.length);
        }
        byte[] all = requests.toByteArray();
        try (RawConnection raw = new RawConnection(address)) {
            Thread writer = new Thread(() -> writeInPieces(raw, all, sizes));
            writer.start();
            for (String body : bodies) {
                assertThat(raw.read().body()).isEqualTo(body);
            }
            writer.join();
        }
    }

    private static String chunked(String body) {
        String head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        String chunk = body.isEmpty() ? "" : Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
        return head + chunk + "0\r\n\r\n";
    }

    private static void writeInPieces(RawConnection raw, byte[] all, Random sizes) {
        try {
            for (int at = 0, length; at < all.length; at += length) {
                length = Math.min(all.length - at, 1 + sizes.nextInt(30_000));
                raw.send(java.util.Arrays.copyOfRange(all, at, at + length));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void answersManyRequestsForHeadersOnly() throws Exception {
        String address = serve((request, peer, cancellation) ->
                Future.succeededFuture(new Message(Metadata.of("Micro-Id", "7"), Buffer.buffer())));
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
            for (int i = 0; i < 500; i++) {
                assertThat(raw.read().headers()).containsEntry("Micro-Id", "7");
            }
        }
    }

    @Test
    void takesCallsThatCameTogetherWithTheUpgrade() throws Exception {
        String address = serve((request, peer, cancellation) -> Future.succeededFuture(request));
        Buffer bytes = Buffer.buffer("POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: "
                + CallOpening.PROTOCOL + "\r\nContent-Length: 0\r\n\r\n");
        for (int i = 1; i <= 500; i++) {
            bytes.appendBytes(RawCalls.call(i, "after"));
        }
        try (RawConnection raw = new RawConnection(address)) {
            raw.send(bytes.getBytes());
            assertThat(raw.read().statusLine()).contains("101");
            int answers =
                    bytes.length() - bytes.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") - 4;
            assertThat(raw.bytes(answers)).as("as long as the calls").hasSize(answers);
        }
    }
}
