package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every transport must do: here with requests, in {@link StreamContract} with streams. A subclass makes the transport; it
 * is made anew for each test, and closed after it.
 */
public abstract class TransportContract extends StreamContract {
    private static final CallContext CALL = CallContext.create();
    private static final RequestHandler ECHO = (request, peer, cancellation) -> Future.succeededFuture(request);

    /** For subclasses. */
    protected TransportContract() {}

    @Test
    void carriesARequestAndItsResponse() {
        String address = serve((request, peer, cancellation) -> Future.succeededFuture(message(
                Metadata.of("Answers", request.headers().value("Asks", "nothing")),
                request.body().toString() + " indeed")));
        Message response = await(under().request(address, message(Metadata.of("Asks", "who"), "davie"), CALL));
        assertThat(response.body().toString()).isEqualTo("davie indeed");
        assertThat(response.headers().all("answers")).containsExactly("who");
    }

    @Test
    void carriesAnEmptyBody() {
        String address = serve(ECHO);
        Message response = await(under().request(address, message(Metadata.of("Micro-Id", "7"), ""), CALL));
        assertThat(response.body().length()).isZero();
        assertThat(response.headers().value("Micro-Id", "none")).isEqualTo("7");
    }

    @Test
    void carriesThreeMebibytes() {
        byte[] bytes = new byte[3 << 20];
        new Random(42).nextBytes(bytes);
        Message request = new Message(Metadata.EMPTY, Buffer.buffer(bytes));
        Message response = await(under().request(serve(ECHO), request, CALL));
        assertThat(response.body().getBytes()).isEqualTo(bytes);
    }

    @Test
    void carriesHeadersInUtf8() {
        Metadata headers = Metadata.of("Detail", "服务未找到 – ñandú 🦤")
                .with("Empty-Ish", " inner  space ")
                .with("Wide", "\u3000服务\u2003");
        Metadata received =
                await(under().request(serve(ECHO), message(headers, "x"), CALL)).headers();
        assertThat(received.value("detail", "none")).isEqualTo("服务未找到 – ñandú 🦤");
        assertThat(received.value("empty-ish", "none").strip()).isEqualTo("inner  space");
        assertThat(received.value("wide", "none")).isEqualTo("\u3000服务\u2003");
    }

    @Test
    void servesCallsAtTheSameTime() {
        int calls = 8;
        List<Promise<Message>> answers = new ArrayList<>();
        List<Message> requests = new ArrayList<>();
        String address = serve((request, peer, cancellation) -> {
            Promise<Message> answer = Promise.promise();
            answers.add(answer);
            requests.add(request);
            if (answers.size() == calls) {
                IntStream.range(0, calls)
                        .forEach(i -> answers.get(calls - 1 - i).complete(requests.get(calls - 1 - i)));
            }
            return answer.future();
        });
        List<Future<Message>> responses = IntStream.range(0, calls)
                .mapToObj(i -> under().request(address, message(Metadata.of("Micro-Id", "" + i), "body " + i), CALL))
                .toList();
        for (int i = 0; i < calls; i++) {
            assertThat(await(responses.get(i)).body().toString()).isEqualTo("body " + i);
        }
    }

    @Test
    void showsTheHandlerBothEnds() {
        Recording<Peer> peers = new Recording<>();
        String address = serve((request, peer, cancellation) -> {
            peers.handle(peer);
            return Future.succeededFuture(request);
        });
        await(under().request(address, message(Metadata.EMPTY, "x"), CALL));
        Peer peer = peers.next();
        assertThat(peer.local()).isEqualTo(address);
        assertThat(peer.remote()).startsWith("127.0.0.1:");
    }

    @Test
    void answersForAListenerWithoutAHandler() {
        String address = await(under().listener("127.0.0.1:0").listen());
        Message response = await(under().request(address, message(Metadata.EMPTY, "x"), CALL));
        assertThat(response.headers().contains(Headers.ERROR)).isTrue();
    }

    @Test
    void probesWhetherAnybodyAnswersWithoutAskingAHandler() {
        AtomicInteger asked = new AtomicInteger();
        Listener listener = under().listener("127.0.0.1:0").onRequest((request, peer, cancellation) -> {
            asked.incrementAndGet();
            return Future.failedFuture("asked");
        });
        String address = await(listener.listen());
        await(under().probe(address));
        assertThat(asked).hasValue(0);
        await(listener.close());
        MicroException refused = Await.failure(under().probe(address));
        assertThat(refused.detail()).startsWith("connection error: dial ").contains(address);
        assertThat(Await.failure(under().probe("nonsense")).code()).isEqualTo(500);
    }

    @Test
    void saysThatARefusedCallMayBeTriedAgain() {
        Listener listener = under().listener("127.0.0.1:0").onRequest(ECHO);
        String address = await(listener.listen());
        await(listener.close());
        MicroException error = Await.failure(under().request(address, message(Metadata.EMPTY, "x"), CALL));
        assertThat(error.id()).isEqualTo("go.micro.client");
        assertThat(error.code()).isEqualTo(500);
        assertThat(error.detail())
                .startsWith("connection error: dial ")
                .contains(address)
                .endsWith("connection refused");
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void refusesAMalformedAddress() {
        MicroException error = Await.failure(under().request("nowhere", message(Metadata.EMPTY, "x"), CALL));
        assertThat(error.id()).isEqualTo("go.micro.client");
        assertThat(error.code()).isEqualTo(500);
        assertThatThrownBy(() -> under().listener("127.0.0.1:70000"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("127.0.0.1:70000");
    }

    @Test
    void givesEveryListenerAPortOfItsOwn() {
        String one = await(under().listener("127.0.0.1:0").onRequest(ECHO).listen());
        String other = await(under().listener("127.0.0.1:0").onRequest(ECHO).listen());
        assertThat(one).startsWith("127.0.0.1:").doesNotEndWith(":0").isNotEqualTo(other);
    }

    @Test
    void listensOnEveryInterface() {
        String address = await(under().listener(":0").onRequest(ECHO).listen());
        assertThat(address).startsWith(":").isNotEqualTo(":0");
        assertThat(await(under().request("127.0.0.1" + address, message(Metadata.EMPTY, "x"), CALL))
                        .body()
                        .toString())
                .isEqualTo("x");
    }

    @Test
    void refusesToListenWhereAnotherDoes() {
        String address = serve(ECHO);
        MicroException error =
                Await.failure(under().listener(address).onRequest(ECHO).listen());
        assertThat(error.id()).isEqualTo("go.micro.transport");
        assertThat(error.code()).isEqualTo(500);
        assertThat(error.detail()).startsWith("listen ").contains(address).endsWith("address already in use");
    }

    @Test
    void tellsTheHandlerThatTheCallerIsGoneAndDropsItsAnswer() {
        Recording<Cancellation> started = new Recording<>();
        Recording<String> gone = new Recording<>();
        Promise<Message> late = Promise.promise();
        String address = serve((request, peer, cancellation) -> {
            cancellation.onCancel(() -> gone.handle("gone"));
            started.handle(cancellation);
            return request.body().toString().equals("slow") ? late.future() : Future.succeededFuture(request);
        });
        Cancellation caller = new Cancellation();
        Future<Message> response =
                under().request(address, message(Metadata.EMPTY, "slow"), CALL.withCancellation(caller));
        Cancellation seen = started.next();
        assertThat(seen.isCancelled()).isFalse();
        MicroException cause = MicroException.timeout("go.micro.client", "call timeout");
        caller.cancel(cause);
        assertThat(Await.failure(response)).isSameAs(cause);
        assertThat(gone.next()).isEqualTo("gone");
        assertThat(seen.isCancelled()).isTrue();
        late.complete(message(Metadata.EMPTY, "late"));
        Message next = await(under().request(address, message(Metadata.EMPTY, "next"), CALL));
        assertThat(next.body().toString()).isEqualTo("next");
    }

    @Test
    void failsACallThatWasCancelledBefore() {
        MicroException cause = MicroException.timeout("go.micro.client", "call timeout");
        Cancellation caller = new Cancellation();
        caller.cancel(cause);
        CallContext context = CALL.withCancellation(caller);
        assertThat(Await.failure(under().request(serve(ECHO), message(Metadata.EMPTY, "x"), context)))
                .isSameAs(cause);
    }

    @Test
    void letsRunningCallsEndWhenAListenerCloses() {
        Recording<Promise<Message>> running = new Recording<>();
        Listener listener = under().listener("127.0.0.1:0").onRequest((request, peer, cancellation) -> {
            Promise<Message> answer = Promise.promise();
            running.handle(answer);
            return answer.future();
        });
        String address = await(listener.listen());
        Future<Message> response = under().request(address, message(Metadata.EMPTY, "x"), CALL);
        Promise<Message> answer = running.next();
        Future<Void> closed = listener.close();
        answer.complete(message(Metadata.EMPTY, "still"));
        assertThat(await(response).body().toString()).isEqualTo("still");
        await(closed);
        assertThat(Await.failure(under().request(address, message(Metadata.EMPTY, "x"), CALL))
                        .code())
                .isEqualTo(500);
    }

    @Test
    void failsAfterItWasClosedTwice() {
        Listener listener = under().listener("127.0.0.1:0").onRequest(ECHO);
        String address = await(listener.listen());
        await(listener.close());
        await(listener.close());
        await(under().close());
        await(under().close());
        Message message = message(Metadata.EMPTY, "x");
        assertThat(Await.failure(under().request(address, message, CALL)).code())
                .isEqualTo(500);
        assertThat(Await.failure(under().request(address, message, CALL)).detail())
                .contains("closed");
        assertThat(Await.failure(under().open(address, message, CALL)).code()).isIn(500, 501);
        assertThat(Await.failure(under().listener("127.0.0.1:0").listen()).code())
                .isEqualTo(500);
    }

    @Test
    void callsBackOnTheContextOfTheCaller() {
        Assumptions.assumeTrue(vertx().isPresent(), "not an adapter");
        Context serving = vertx().orElseThrow().getOrCreateContext();
        Context calling = vertx().orElseThrow().getOrCreateContext();
        Promise<Boolean> handled = Promise.promise();
        Promise<List<Boolean>> seen = Promise.promise();
        RequestHandler handler = (request, peer, cancellation) -> {
            handled.tryComplete(here(serving));
            return Future.succeededFuture(request);
        };
        serving.runOnContext(start -> under().listener("127.0.0.1:0")
                .onRequest(handler)
                .listen()
                .onSuccess(address ->
                        calling.runOnContext(call -> under().request(address, message(Metadata.EMPTY, "x"), CALL)
                                .map(response -> here(calling))
                                .compose(answered -> refused(calling).map(failed -> List.of(answered, failed)))
                                .onComplete(seen::handle)))
                .onFailure(seen::tryFail));
        assertThat(await(seen.future())).containsExactly(true, true);
        assertThat(await(handled.future())).isTrue();
    }

    private Future<Boolean> refused(Context calling) {
        return under().request("127.0.0.1:1", message(Metadata.EMPTY, "x"), CALL)
                .map(false)
                .otherwise(failure -> here(calling));
    }
}
