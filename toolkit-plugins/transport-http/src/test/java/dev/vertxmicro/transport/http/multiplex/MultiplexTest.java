package dev.vertxmicro.transport.http.multiplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.HttpPool;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls between our own peers, many on one connection. */
class MultiplexTest {
    private static final HttpTransportOptions OPTIONS = HttpTransportOptions.DEFAULTS;
    private static final CallContext CALL = CallContext.create();

    private final Vertx vertx = Vertx.vertx();
    private final Recording<Promise<Message>> slow = new Recording<>();
    private WarmedTransport client = client(OPTIONS);

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private WarmedTransport client(HttpTransportOptions options) {
        return new WarmedTransport(vertx, HttpTransport.create(vertx, options));
    }

    private Listener listener(String address, HttpTransportOptions options, RequestHandler handler) {
        return client(options).listener(address).onRequest(handler);
    }

    private String serve(RequestHandler handler) {
        return Await.result(listener("127.0.0.1:0", OPTIONS, handler).listen());
    }

    /** Says over which connection a call came; one with the body "slow" waits for the test. */
    private Future<Message> remote(Message request, Peer peer, dev.vertxmicro.message.Cancellation cancellation) {
        if (request.body().toString().equals("slow")) {
            Promise<Message> answer = Promise.promise();
            slow.handle(answer);
            return answer.future();
        }
        return Future.succeededFuture(new Message(Metadata.EMPTY, Buffer.buffer(peer.remote())));
    }

    private static Message message(String body) {
        return new Message(Metadata.EMPTY, Buffer.buffer(body));
    }

    private String call(String address, String body) {
        return Await.result(client.request(address, message(body), CALL)).body().toString();
    }

    @Test
    void holdsUpNoCallForAnother() {
        String address = serve(this::remote);
        Future<Message> waiting = client.request(address, message("slow"), CALL);
        Promise<Message> answer = slow.next();
        String remote = call(address, "quick");
        assertThat(call(address, "quick")).isEqualTo(remote);
        assertThat(waiting.isComplete()).isFalse();
        answer.complete(message("done"));
        assertThat(Await.result(waiting).body().toString()).isEqualTo("done");
    }

    @Test
    void letsSmallAnswersPassLargeOnes() {
        byte[] bytes = new byte[8 << 20];
        new Random(7).nextBytes(bytes);
        String address = serve((request, peer, cancellation) -> Future.succeededFuture(
                request.body().toString().equals("large")
                        ? new Message(Metadata.EMPTY, Buffer.buffer(bytes))
                        : request));
        Await.result(client.warm(address));
        List<String> order = new ArrayList<>();
        Promise<List<byte[]>> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(same -> {
            Future<Message> first = client.request(address, message("large"), CALL);
            Future<Message> second = client.request(address, message("large"), CALL);
            Future<Message> small = client.request(address, message("small"), CALL);
            first.onSuccess(answer -> order.add("large"));
            second.onSuccess(answer -> order.add("large"));
            small.onSuccess(answer -> order.add("small"));
            Future.all(first, second, small)
                    .map(all -> List.of(
                            first.result().body().getBytes(),
                            second.result().body().getBytes()))
                    .onComplete(done);
        });
        assertThat(Await.result(done.future())).allMatch(answer -> java.util.Arrays.equals(answer, bytes));
        assertThat(order).containsExactly("small", "large", "large");
    }

    @Test
    void usesMoreConnectionsForManyCallsAtOnce() {
        Set<String> remotes = ConcurrentHashMap.newKeySet();
        String address = serve((request, peer, cancellation) -> {
            remotes.add(peer.remote());
            return remote(request, peer, cancellation);
        });
        Await.result(client.warm(address));
        List<Future<Message>> waiting = new ArrayList<>();
        List<Promise<Message>> answers = new ArrayList<>();
        int calls = 3 * CallPool.ENOUGH;
        for (int i = 0; i < calls; i++) {
            waiting.add(client.request(address, message("slow"), CALL));
            answers.add(slow.next());
        }
        answers.forEach(answer -> answer.complete(message("done")));
        assertThat(Await.result(Future.all(waiting)).succeeded()).isTrue();
        assertThat(remotes).as("connections").hasSizeBetween(2, 4);
    }

    @Test
    void isOffWhereEitherSideSaysSo() {
        for (boolean server : new boolean[] {true, false}) {
            HttpTransportOptions without = OPTIONS.withMultiplex(false);
            String address = Await.result(listener("127.0.0.1:0", server ? without : OPTIONS, this::remote)
                    .listen());
            client = client(server ? OPTIONS : without);
            assertThat(Await.failure(client.warm(address)
                                    .recover(failure -> Future.failedFuture(
                                            MicroException.internal("test", String.valueOf(failure.getMessage())))))
                            .detail())
                    .contains("not multiplexed");
        }
    }

    @Test
    void callsPlainlyWhereAnotherServerHasTakenThePlace() {
        Listener ours = listener("127.0.0.1:0", OPTIONS, this::remote);
        String address = Await.result(ours.listen());
        call(address, "quick");
        Await.result(ours.close());
        HttpTransportOptions older = OPTIONS.withMultiplex(false);
        Await.result(listener(address, older, (request, peer, cancellation) -> Future.succeededFuture(message("older")))
                .listen());
        for (int i = 0; i < 20; i++) {
            assertThat(call(address, "quick")).isEqualTo("older");
        }
    }

    @Test
    void goesOnMultiplexedAfterARestartOfTheServer() {
        Listener first = listener("127.0.0.1:0", OPTIONS, this::remote);
        String address = Await.result(first.listen());
        call(address, "quick");
        Await.result(first.close());
        assertThat(Await.failure(client.request(address, message("quick"), CALL))
                        .retryable())
                .isTrue();
        Await.result(listener(address, OPTIONS, this::remote).listen());
        client = new WarmedTransport(vertx, client);
        call(address, "quick");
    }

    @Test
    void replacesAConnectionThatIsOldWithoutLosingACall() {
        client = client(OPTIONS.withPool(HttpPool.DEFAULTS.withTtl(Duration.ofMillis(100))));
        String address = serve(this::remote);
        Future<Message> waiting = client.request(address, message("slow"), CALL);
        Promise<Message> answer = slow.next();
        String before = call(address, "quick");
        Await.result(vertx.timer(300, TimeUnit.MILLISECONDS));
        String after = before;
        for (int i = 0; i < 1000 && after.equals(before); i++) {
            after = call(address, "quick");
        }
        assertThat(after).isNotEqualTo(before);
        answer.complete(message("done"));
        assertThat(Await.result(waiting).body().toString()).isEqualTo("done");
    }

    @Test
    void failsOneCallWhoseAnswerIsTooLarge() {
        client = client(OPTIONS.withLimits(HttpLimits.DEFAULTS.withMaxMessageBytes(100_000)));
        String address = serve((request, peer, cancellation) -> Future.succeededFuture(new Message(
                Metadata.EMPTY, Buffer.buffer(new byte[request.body().length() * 50_000]))));
        Future<Message> large = client.request(address, message("123"), CALL);
        assertThat(Await.failure(large).detail()).isEqualTo("response from " + address + " exceeds 100000 bytes");
        assertThat(Await.result(client.request(address, message("12"), CALL))
                        .body()
                        .length())
                .isEqualTo(100_000);
    }

    @Test
    void sendsLargeRequestsByConnectionsOfTheirOwn() {
        String address = serve(this::remote);
        String shared = call(address, "quick");
        assertThat(call(address, "x".repeat(CallFrameWriter.MAX_CALL + 1))).isNotEqualTo(shared);
        assertThat(call(address, "x".repeat(CallFrameWriter.MAX_CALL))).isEqualTo(shared);
    }

    @Test
    void saysWhichMetadataCannotBeAHeader() {
        String address = serve((request, peer, cancellation) ->
                Future.succeededFuture(new Message(Metadata.of("no header", "x"), Buffer.buffer("y"))));
        Message answer = Await.result(client.request(address, message("x"), CALL));
        assertThat(answer.headers().value("Micro-Error", ""))
                .contains("\"code\":500")
                .contains("metadata: ");
        Message wrong = new Message(Metadata.of("no header", "x"), Buffer.buffer("y"));
        assertThat(Await.failure(client.request(address, wrong, CALL)).detail()).startsWith("metadata: ");
    }

    @Test
    void refusesHeadersOfAnAnswerThatAreTooLarge() {
        String address = serve((request, peer, cancellation) ->
                Future.succeededFuture(new Message(Metadata.of("Big", "x".repeat(70_000)), Buffer.buffer("y"))));
        MicroException error = Await.failure(client.request(address, message("x"), CALL));
        assertThat(error.id()).isEqualTo("go.micro.client.transport");
        assertThat(error.detail()).isEqualTo("headers of the answer exceed 65536 bytes");
    }
}
