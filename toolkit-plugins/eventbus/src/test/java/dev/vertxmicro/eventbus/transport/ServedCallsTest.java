package dev.vertxmicro.eventbus.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Listener;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners and their callers, those of ours and those that know only the frames. */
class ServedCallsTest {
    private static final Buffer LARGE = Buffer.buffer(new byte[4 << 20]);
    private static final Message SMALL = message(Buffer.buffer("x"));
    private static final String FRAMES = "micro.stream/plain";

    private final Vertx vertx = Vertx.vertx();
    private final EventBusTransport client = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
    private final EventBusTransport server = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
    private final Recording<Asked> asked = new Recording<>();

    /** A call that a handler has, and may answer. */
    private record Asked(
            Listener listener, Message request, Peer peer, Cancellation cancellation, Promise<Message> answer) {}

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private static Message message(Buffer body) {
        return new Message(Metadata.EMPTY, body);
    }

    private Listener listener(EventBusTransport of, String address) {
        Listener listener = of.listener(address);
        return listener.onRequest((request, peer, cancellation) -> {
                    Promise<Message> answer = Promise.promise();
                    asked.handle(new Asked(listener, request, peer, cancellation, answer));
                    return answer.future();
                })
                .onStream((first, socket, peer) -> socket.onMessage(ignored -> {}));
    }

    private String serve() {
        return Await.result(listener(server, "127.0.0.1:0").listen());
    }

    private static Future<Message> call(EventBusTransport by, String address, Buffer body, Cancellation cancellation) {
        return by.request(address, message(body), CallContext.create().withCancellation(cancellation));
    }

    private void frame(String address, String kind, @Nullable Object body, String... headers) {
        vertx.eventBus().send("micro.transport/" + address, body, options(kind, headers));
    }

    private static DeliveryOptions options(String kind, String... headers) {
        DeliveryOptions options = new DeliveryOptions().addHeader("frame", kind);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        return options;
    }

    @Test
    void sendsCallsAndStreamsOfWhoClosesElsewhere() {
        String address = serve();
        Future<Message> running = call(client, address, SMALL.body(), Cancellation.NEVER);
        Asked call = asked.next();
        Future<Void> closed = call.listener().close();
        assertElsewhere(client.open(address, SMALL, CallContext.create()));
        assertElsewhere(call(client, address, LARGE, Cancellation.NEVER));
        assertElsewhere(call(client, address, SMALL.body(), Cancellation.NEVER));
        assertElsewhere(client.probe(address));
        call.answer().complete(SMALL);
        Await.result(running);
        Await.result(closed);
    }

    private static void assertElsewhere(Future<?> refused) {
        MicroException error = Await.failure(refused);
        assertThat(error.fault()).isEqualTo(Fault.UNREACHABLE);
        assertThat(error.retryable()).isTrue();
    }

    @Test
    void bringsALargeAnswerToItsEndBeforeItStops() {
        String address = serve();
        Future<Message> small = call(client, address, SMALL.body(), Cancellation.NEVER);
        answerAndStop(asked.next());
        assertThat(Await.result(small).body()).isEqualTo(LARGE);
    }

    @Test
    void bringsTheAnswerToALargeRequestToItsEndBeforeItStops() {
        String address = serve();
        Future<Message> large = call(client, address, LARGE, Cancellation.NEVER);
        answerAndStop(asked.next());
        assertThat(Await.result(large).body()).isEqualTo(LARGE);
    }

    private void answerAndStop(Asked call) {
        call.answer().complete(message(LARGE));
        call.listener().close().eventually(server::close);
    }

    @Test
    void answersACallThatIsBrokenOffWhileItsAddressStays() {
        EventBusTransport other = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
        String address = Await.result(listener(server, "127.0.0.1:-3").listen());
        assertThat(Await.result(listener(other, "127.0.0.1:-3").listen())).isEqualTo(address);
        Future<Message> small = call(client, address, SMALL.body(), Cancellation.NEVER);
        Await.result(asked.next().listener().close());
        assertThat(Await.failure(small).fault()).isEqualTo(Fault.BROKEN);
        Future<Message> large = call(client, address, LARGE, Cancellation.NEVER);
        Await.result(asked.next().listener().close());
        assertThat(Await.failure(large).fault()).isEqualTo(Fault.BROKEN);
    }

    @Test
    void cancelsACallWhicheverInstanceHasIt() {
        EventBusTransport other = EventBusTransport.create(vertx, EventBusTransportOptions.DEFAULTS);
        String address = Await.result(listener(server, "127.0.0.1:-4").listen());
        Await.result(listener(other, "127.0.0.1:-4").listen());
        for (int i = 0; i < 3; i++) {
            Cancellation caller = new Cancellation();
            Future<Message> call = call(client, address, SMALL.body(), caller);
            Promise<Void> heard = Promise.promise();
            asked.next().cancellation().onCancel(heard::complete);
            caller.cancel(MicroException.timeout("test", "enough"));
            Await.failure(call);
            Await.result(heard.future());
        }
    }

    @Test
    void repeatsAnAnswerToACallerWhoIsNotKnownYet() {
        String address = serve();
        frame(address, "call", SMALL.body(), "stream-id", "1", "stream-address", FRAMES);
        frame(address, "call", SMALL.body(), "stream-id", "2", "stream-address", FRAMES);
        Asked small = asked.next();
        Asked large = asked.next();
        Recording<String> frames = new Recording<>();
        vertx.runOnContext(now -> {
            small.answer().complete(SMALL);
            large.answer().complete(message(LARGE));
            vertx.eventBus()
                    .consumer(
                            FRAMES,
                            frame -> frames.handle(frame.headers().get("frame") + " "
                                    + frame.headers().get("stream")));
        });
        assertThat(List.of(frames.next(), frames.next())).containsExactlyInAnyOrder("answer 1", "open 2");
    }

    @Test
    void servesOneCallUnderAnIdOfItsCaller() {
        String address = serve();
        frame(address, "call", Buffer.buffer("first"), "stream-id", "1", "stream-address", FRAMES);
        frame(address, "call", Buffer.buffer("again"), "stream-id", "1", "stream-address", FRAMES);
        frame(address, "call", Buffer.buffer("other"), "stream-id", "1", "stream-address", FRAMES + "2");
        Asked first = asked.next();
        assertThat(asked.next().request().body().toString()).isEqualTo("other");
        Promise<Void> heard = Promise.promise();
        first.cancellation().onCancel(heard::complete);
        frame(address, "cancel", null, "stream", "1", "stream-address", FRAMES + "3");
        frame(address, "cancel", null, "stream", "1", "stream-address", FRAMES);
        Await.result(heard.future());
    }

    @Test
    void handsTheHandlerOneRequestOfALargeCall() {
        String address = serve();
        Recording<io.vertx.core.eventbus.Message<Object>> frames = new Recording<>();
        vertx.eventBus().consumer(FRAMES, frames);
        frame(address, "open", null, "kind", "call", "stream-id", "1", "stream-address", FRAMES);
        io.vertx.core.eventbus.Message<Object> opened = frames.next();
        String there = opened.headers().get("stream-address");
        String stream = opened.headers().get("stream-id");
        for (String body : List.of("first", "second")) {
            vertx.eventBus().send(there, Buffer.buffer(body), options("message", "stream", stream));
        }
        Asked call = asked.next();
        assertThat(call.request().body().toString()).isEqualTo("first");
        Future<Message> next = call(client, address, Buffer.buffer("next"), Cancellation.NEVER);
        Asked later = asked.next();
        assertThat(later.request().body().toString()).isEqualTo("next");
        later.answer().complete(SMALL);
        Await.result(next);
    }

    @Test
    void repliesToARequestThatOpensNothing() {
        String address = serve();
        Throwable failure = Await.cause(vertx.eventBus()
                .request(
                        "micro.transport/" + address,
                        null,
                        options("open", "stream-id", "1", "stream-address", FRAMES, "credit", "-1")));
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, refused -> assertThat(refused.failureCode())
                .isEqualTo(400));
    }

    @Test
    void readsALargeAnswerWithAThousandStreamsOpen() {
        String address = serve();
        List<Future<?>> open = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            open.add(client.open(address, SMALL, CallContext.create()));
        }
        Await.result(Future.all(open));
        Future<Message> call = call(client, address, SMALL.body(), Cancellation.NEVER);
        asked.next().answer().complete(message(LARGE));
        assertThat(Await.result(call).body()).isEqualTo(LARGE);
    }

    @Test
    void leavesNothingBehindWhenItIsClosedAsItStarts() {
        Listener listener = listener(server, "127.0.0.1:9");
        Semaphore closed = new Semaphore(0);
        vertx.getOrCreateContext().runOnContext(before -> closed.acquireUninterruptibly());
        Future<String> listening = listener.listen();
        listener.close();
        closed.release();
        assertThat(Await.failure(listening).detail()).isEqualTo("listener is closed");
        Throwable failure = Await.cause(vertx.eventBus().request("micro.transport/127.0.0.1:9", null));
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, nobody -> assertThat(nobody.failureType())
                .isEqualTo(ReplyFailure.NO_HANDLERS));
    }

    @Test
    void saysWhereStreamsAndLargeCallsComeFrom() {
        Recording<io.vertx.core.eventbus.Message<Object>> frames = new Recording<>();
        vertx.eventBus().consumer("micro.transport/127.0.0.1:9", frames);
        client.open("127.0.0.1:9", SMALL, CallContext.create());
        assertThat(frames.next().headers().get("host")).isEqualTo("127.0.0.1");
        call(client, "127.0.0.1:9", LARGE, Cancellation.NEVER);
        assertThat(frames.next().headers().get("host")).isEqualTo("127.0.0.1");
    }

    @Test
    void sendsNothingOfACallThatWasCancelledBeforeItCouldLeave() {
        Vertx one = Vertx.vertx(new io.vertx.core.VertxOptions().setEventLoopPoolSize(1));
        Recording<String> frames = new Recording<>();
        Await.result(one.eventBus()
                .consumer(
                        "micro.transport/127.0.0.1:9",
                        frame -> frames.handle(frame.headers().get("frame")))
                .completion());
        one.runOnContext(now -> {
            EventBusTransport starting = EventBusTransport.create(one, EventBusTransportOptions.DEFAULTS);
            Cancellation caller = new Cancellation();
            call(starting, "127.0.0.1:9", SMALL.body(), caller);
            caller.cancel(MicroException.timeout("test", "enough"));
            starting.probe("127.0.0.1:9");
        });
        assertThat(frames.next()).isEqualTo("cancel");
        assertThat(frames.next()).isEqualTo("probe");
        Await.result(one.close());
    }
}
