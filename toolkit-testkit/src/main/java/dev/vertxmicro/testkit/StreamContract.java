package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.CurrentContext;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every transport must do with streams, or refuse with code 501. Adapters extend {@link TransportContract}, which adds
 * the requests.
 */
public abstract class StreamContract {
    private static final CallContext CALL = CallContext.create();

    private Transport transport = Transport.inMemory(Timers.manual());

    /** For {@link TransportContract}. */
    StreamContract() {}

    /**
     * Makes the transport under test.
     *
     * @return a fresh transport
     */
    protected abstract Transport transport();

    /**
     * Tells whether the transport carries streams. Where it does not, every stream test asserts that it says so.
     *
     * @return true unless overridden
     */
    protected boolean streams() {
        return true;
    }

    /**
     * Gives the Vert.x of an adapter, on whose contexts callbacks must run.
     *
     * @return empty for what is not an adapter
     */
    protected Optional<Vertx> vertx() {
        return Optional.empty();
    }

    /**
     * Waits for a future.
     *
     * @param <T>    type of its result
     * @param future the future
     * @return its result
     * @throws AssertionError if it takes longer than 10 s; whatever it fails with otherwise
     */
    protected static <T> T await(Future<T> future) {
        return Await.result(future);
    }

    @BeforeEach
    void makeTransport() {
        transport = transport();
    }

    @AfterEach
    void closeTransport() {
        await(transport.close());
    }

    /** The transport of this test. */
    Transport under() {
        return transport;
    }

    String serve(RequestHandler handler) {
        return await(transport.listener("127.0.0.1:0").onRequest(handler).listen());
    }

    boolean here(Context context) {
        return CurrentContext.is(context);
    }

    static Message message(Metadata headers, String body) {
        return new Message(headers, Buffer.buffer(body));
    }

    private static Message text(String body) {
        return message(Metadata.EMPTY, body);
    }

    /** Opens a stream to a handler; empty, and 501 asserted, where there are no streams. */
    private Optional<Socket> open(SocketHandler handler, CallContext context) {
        String address =
                await(transport.listener("127.0.0.1:0").onStream(handler).listen());
        Future<Socket> opened = transport.open(address, message(Metadata.of("Micro-Stream", "1"), "first"), context);
        if (streams()) {
            return Optional.of(await(opened));
        }
        assertThat(Await.failure(opened).code()).isEqualTo(501);
        return Optional.empty();
    }

    @Test
    void handsTheOpeningMessageToTheHandler() {
        Recording<Message> opened = new Recording<>();
        open((first, socket, peer) -> opened.handle(first), CALL).ifPresent(client -> {
            Message first = opened.next();
            assertThat(first.headers().value("micro-stream", "none")).isEqualTo("1");
            assertThat(first.body().toString()).isEqualTo("first");
            client.reset(MicroException.internal("contract", "done"));
        });
    }

    @Test
    void carriesMessagesBothWaysInOrder() {
        Recording<Message> answers = new Recording<>();
        open((first, socket, peer) -> socket.onMessage(socket::send), CALL).ifPresent(client -> {
            client.onMessage(answers);
            sendInTurn(client, 0, 1000);
            for (int i = 0; i < 1000; i++) {
                assertThat(answers.next().body().toString()).isEqualTo("message " + i);
            }
        });
    }

    /** Sends at once while there is room, else when there is; a loop, for a thousand futures may be complete already. */
    private static void sendInTurn(Socket socket, int from, int to) {
        for (int i = from; i < to; i++) {
            int next = i + 1;
            Future<Void> sent = socket.send(text("message " + i));
            if (!sent.isComplete()) {
                sent.onSuccess(room -> sendInTurn(socket, next, to));
                return;
            }
        }
    }

    @Test
    void endsEachDirectionByItself() {
        Recording<Metadata> ends = new Recording<>();
        Recording<Message> answers = new Recording<>();
        Recording<Future<Void>> closes = new Recording<>();
        SocketHandler handler = (first, socket, peer) -> {
            closes.handle(socket.closed());
            socket.onEnd(trailer -> {
                ends.handle(trailer);
                socket.send(text("after your end")).onSuccess(sent -> socket.end(Metadata.of("Count", "1")));
            });
            socket.onMessage(message -> {});
        };
        open(handler, CALL).ifPresent(client -> {
            Recording<Metadata> trailers = new Recording<>();
            client.onEnd(trailers).onMessage(answers);
            await(client.end(Metadata.of("Reason", "enough")));
            assertThat(ends.next().value("reason", "none")).isEqualTo("enough");
            assertThat(answers.next().body().toString()).isEqualTo("after your end");
            assertThat(trailers.next().value("count", "none")).isEqualTo("1");
            await(client.closed());
            await(closes.next());
        });
    }

    @Test
    void refusesToSendAfterTheEnd() {
        open((first, socket, peer) -> socket.onMessage(message -> {}), CALL).ifPresent(client -> {
            await(client.end(Metadata.EMPTY));
            assertThat(Await.failure(client.send(text("too late"))).code()).isEqualTo(500);
            await(client.end(Metadata.EMPTY));
        });
    }

    @Test
    void keepsMessagesUntilThereIsAHandler() {
        Recording<Socket> servers = new Recording<>();
        open((first, socket, peer) -> servers.handle(socket), CALL).ifPresent(client -> {
            await(client.send(text("early")));
            Recording<Message> received = new Recording<>();
            servers.next().onMessage(received);
            assertThat(received.next().body().toString()).isEqualTo("early");
        });
    }

    @Test
    void deliversNothingWhilePaused() {
        Recording<Socket> servers = new Recording<>();
        Recording<Message> received = new Recording<>();
        SocketHandler handler = (first, socket, peer) -> {
            socket.pause().onMessage(received).onEnd(trailer -> received.handle(message(trailer, "end")));
            servers.handle(socket);
        };
        open(handler, CALL).ifPresent(client -> {
            Socket server = servers.next();
            await(client.send(text("held")));
            await(client.end(Metadata.EMPTY));
            assertThat(received.isEmpty()).isTrue();
            server.resume();
            assertThat(received.next().body().toString()).isEqualTo("held");
            assertThat(received.next().body().toString()).isEqualTo("end");
        });
    }

    @Test
    void losesNothingToASlowReader() {
        Recording<Message> received = new Recording<>();
        SocketHandler handler = (first, socket, peer) -> socket.onMessage(message -> {
            socket.pause();
            received.handle(message);
            socket.resume();
        });
        open(handler, CALL).ifPresent(client -> {
            sendInTurn(client, 0, 2000);
            for (int i = 0; i < 2000; i++) {
                assertThat(received.next().body().toString()).isEqualTo("message " + i);
            }
        });
    }

    @Test
    void tellsTheOtherEndWhyItResets() {
        Recording<Future<Void>> closes = new Recording<>();
        open((first, socket, peer) -> closes.handle(socket.closed()), CALL).ifPresent(client -> {
            MicroException error = MicroException.of("contract", 418, "short and stout");
            client.reset(error);
            assertThat(Await.failure(client.closed())).isSameAs(error);
            MicroException told = Await.failure(closes.next());
            assertThat(told.getMessage()).isEqualTo(error.getMessage());
            assertThat(told.remote()).isTrue();
            assertThat(Await.failure(client.send(text("x")))).isNotNull();
            client.reset(error);
        });
    }

    @Test
    void endsWhenTheCallerCancels() {
        Recording<Future<Void>> closes = new Recording<>();
        Cancellation caller = new Cancellation();
        CallContext context = CALL.withCancellation(caller);
        open((first, socket, peer) -> closes.handle(socket.closed()), context).ifPresent(client -> {
            MicroException cause = MicroException.timeout("go.micro.client", "call timeout");
            caller.cancel(cause);
            assertThat(Await.failure(client.closed())).isSameAs(cause);
            assertThat(Await.failure(closes.next()).remote()).isTrue();
        });
    }

    @Test
    void resetsTheStreamOfAHandlerThatThrows() {
        SocketHandler handler = (first, socket, peer) -> {
            throw MicroException.internal("contract", "thrown by the test").withoutStackTrace();
        };
        open(handler, CALL)
                .ifPresent(client ->
                        assertThat(Await.failure(client.closed()).code()).isEqualTo(500));
    }

    @Test
    void refusesAStreamWhereNobodyListens() {
        MicroException error = Await.failure(transport.open("127.0.0.1:1", text("x"), CALL));
        assertThat(error.code()).isEqualTo(streams() ? 500 : 501);
        assertThat(error.retryable()).isEqualTo(streams());
    }

    @Test
    void refusesAStreamWhereNobodyServesThem() {
        String address = serve((request, peer, cancellation) -> Future.succeededFuture(request));
        Future<Void> refused = transport.open(address, text("x"), CALL).compose(Socket::closed);
        assertThat(Await.failure(refused).code()).isEqualTo(501);
    }

    @Test
    void runsStreamsOnTheirContexts() {
        Assumptions.assumeTrue(vertx().isPresent() && streams(), "not an adapter that carries streams");
        Context serving = vertx().orElseThrow().getOrCreateContext();
        Context calling = vertx().orElseThrow().getOrCreateContext();
        Recording<Boolean> served = new Recording<>();
        Recording<Boolean> called = new Recording<>();
        SocketHandler handler = (first, socket, peer) -> {
            served.handle(here(serving));
            socket.onEnd(trailer -> served.handle(here(serving)));
            socket.onMessage(message -> {
                served.handle(here(serving));
                socket.send(message);
                socket.end(Metadata.EMPTY);
            });
        };
        Promise<String> listening = Promise.promise();
        serving.runOnContext(start ->
                transport.listener("127.0.0.1:0").onStream(handler).listen().onComplete(listening));
        String address = await(listening.future());
        calling.runOnContext(start -> transport.open(address, text("x"), CALL).onSuccess(client -> {
            called.handle(here(calling));
            client.onMessage(message -> called.handle(here(calling)));
            client.closed().onComplete(closed -> called.handle(here(calling)));
            client.send(text("x"));
            client.end(Metadata.EMPTY);
        }));
        assertThat(List.of(served.next(), served.next(), served.next())).doesNotContain(false);
        assertThat(List.of(called.next(), called.next(), called.next())).doesNotContain(false);
    }
}
