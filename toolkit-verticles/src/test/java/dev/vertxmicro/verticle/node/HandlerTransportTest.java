package dev.vertxmicro.verticle.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusBundler;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two agents on one event bus: that of the caller, and another. */
class HandlerTransportTest {
    private static final String HANDLER = "micro.handler/clock/Clock.Now";
    private static final String OTHER = "micro.node/other";
    private static final String TARGET = OTHER + " " + HANDLER;
    private static final Buffer LARGE = Buffer.buffer(new byte[4 << 20]);
    private static final Message EMPTY = new Message(Metadata.EMPTY, Buffer.buffer());

    private final Vertx vertx = Vertx.vertx();
    private final Timers timers = VertxTimers.of(vertx);
    private final NodeExchange exchange = new NodeExchange(vertx, "micro.node/own", timers);
    private final BusLine line = new BusLine(vertx.eventBus(), exchange, timers);
    private final MemberDirectory directory = new MemberDirectory(line, timers);
    private final HandlerTransport transport =
            new HandlerTransport(new AddressRoute(vertx), directory, line, exchange, timers);
    private final Cancellation cancellation = new Cancellation();
    private final CallContext context = CallContext.received(
            Metadata.of(Headers.CONTENT_TYPE, "application/json"), CallContext.NO_DEADLINE, cancellation, Peer.UNKNOWN);

    @BeforeEach
    void listen() {
        vertx.eventBus().consumer("micro.node/own", said -> {
            if (BusBundler.BUNDLE.equals(said.headers().get("action"))) {
                new Forwarding(vertx, exchange).bundle(said);
            } else if (LargeCalls.is(said)) {
                exchange.large().take(said, exchange, new Forwarding(vertx, exchange));
            } else {
                exchange.answered(said.headers().get(NodeExchange.QUESTION), NodeExchange.Answer.of(said));
            }
        });
    }

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private HandlerNode node() {
        directory.announced(new JsonObject()
                .put("action", NodeAgent.UP)
                .put("node", "other")
                .put("address", OTHER));
        return Objects.requireNonNull(directory.node(OTHER));
    }

    /** An agent of another process, whose handler answers largely and which then goes as soon as nothing is under way. */
    private void leaving() {
        NodeExchange other = new NodeExchange(vertx, OTHER, timers);
        Forwarding forwarding = new Forwarding(vertx, other);
        vertx.eventBus().consumer(OTHER, message -> {
            if (LargeCalls.is(message)) {
                other.large().take(message, other, forwarding);
            } else {
                forwarding.forward(message);
            }
        });
        vertx.eventBus().consumer(HANDLER, call -> {
            call.reply(LARGE);
            forwarding.drained().onComplete(drained -> other.large().close());
        });
        node();
    }

    private static Message message(Buffer body) {
        return new Message(Metadata.EMPTY, body);
    }

    private HandlerNode handler(Handler<io.vertx.core.eventbus.Message<Object>> consumer) {
        Forwarding forwarding = new Forwarding(vertx, exchange);
        vertx.eventBus().consumer(OTHER, message -> {
            if (NodeAgent.FORWARD.equals(message.headers().get("action"))) {
                forwarding.forward(message);
            }
        });
        vertx.eventBus().consumer(HANDLER, consumer);
        return node();
    }

    @Test
    void bringsTheAnswerOfAHandlerWithItsMetadata() {
        DeliveryOptions headers =
                new DeliveryOptions().addHeader("md.Shade", "blue").addHeader("other", "x");
        handler(call -> call.reply(new JsonObject().put("got", call.body()), headers));
        Message answer = Await.result(transport.request(TARGET, EMPTY, context));
        assertThat(answer.body().toString()).isEqualTo("{\"got\":{}}");
        assertThat(answer.headers().toMap()).containsOnlyKeys("Shade");
    }

    @Test
    void bringsTheCallsOfOneTurnTogetherAndTheirAnswersEachToItsCaller() {
        Recording<String> messages = new Recording<>();
        Forwarding forwarding = new Forwarding(vertx, new NodeExchange(vertx, OTHER, timers));
        vertx.eventBus().consumer(OTHER, message -> {
            messages.handle(message.headers().get("action"));
            forwarding.bundle(message);
        });
        vertx.eventBus().<JsonObject>consumer(HANDLER, call -> {
            if (call.body().getInteger("call") == 1) {
                call.fail(404, "no zone");
            } else {
                call.reply(call.body());
            }
        });
        node();
        Recording<Future<Message>> calls = new Recording<>();
        vertx.runOnContext(turn -> IntStream.range(0, 3)
                .mapToObj(i -> new JsonObject().put("call", i).toBuffer())
                .forEach(body -> calls.handle(transport.request(TARGET, message(body), context))));
        assertThat(Await.result(calls.next()).body()).hasToString("{\"call\":0}");
        assertThat(Await.result(calls.next()).headers().value(Headers.ERROR, ""))
                .contains("no zone");
        assertThat(Await.result(calls.next()).body()).hasToString("{\"call\":2}");
        assertThat(messages.next()).isEqualTo("ping"); // the directory's
        assertThat(messages.next()).isEqualTo("bundle");
        assertThat(messages.isEmpty()).isTrue();
        assertThat(exchange.size()).isEqualTo(1); // the ping
        Await.result(forwarding.drained());
    }

    @Test
    void answersForAHandlerWhoseAnswerNobodyCanRead() {
        handler(call -> call.reply(new JsonObject().put("a", new Object())));
        Message answer = Await.result(transport.request(TARGET, EMPTY, context));
        assertThat(answer.headers().value(Headers.ERROR, "")).contains("\"code\":500");
    }

    @Test
    void bringsTheFailureOfAHandlerAsAnAnswer() {
        handler(call -> call.fail(404, "no zone"));
        Message answer = Await.result(transport.request(TARGET, EMPTY, context));
        MicroException error = MicroException.parse(answer.headers().value(Headers.ERROR, ""));
        assertThat(error.code()).isEqualTo(404);
        assertThat(error.detail()).isEqualTo("no zone");
        assertThat(answer.headers().contains(Headers.NOT_TAKEN)).isFalse();
    }

    @Test
    void saysThatNoHandlerHasSeenACall() {
        handler(call -> {});
        Message answer = Await.result(transport.request(OTHER + " micro.handler/clock/Clock.Gone", EMPTY, context));
        assertThat(answer.headers().contains(Headers.NOT_TAKEN)).isTrue();
    }

    @Test
    void refusesWhatIsNoJson() {
        handler(call -> call.reply(null));
        Message text = new Message(Metadata.EMPTY, Buffer.buffer("{"));
        Message answer = Await.result(transport.request(TARGET, text, context));
        assertThat(answer.headers().value(Headers.ERROR, "")).contains("\"code\":400");
    }

    @Test
    void keepsNothingOfACallThatNobodyWaitsFor() {
        HandlerNode node = handler(call -> {});
        Future<Message> call = transport.request(TARGET, EMPTY, context);
        assertThat(node.isBusy()).isTrue();
        cancellation.cancel(MicroException.timeout("test", "over"));
        assertThat(Await.failure(call).fault()).isEqualTo(Fault.UNKNOWN);
        assertThat(node.isBusy()).isFalse();
    }

    @Test
    void findsAnAgentThatIsGoneUnreachable() {
        node();
        assertThat(Await.failure(transport.request(TARGET, EMPTY, context)).fault())
                .isEqualTo(Fault.UNREACHABLE);
        Future<Message> unknown = transport.request("micro.node/unknown " + HANDLER, EMPTY, context);
        assertThat(Await.failure(unknown).retryable()).isTrue();
    }

    @Test
    void endsCallsOfANodeThatIsGivenUp() {
        HandlerNode node = handler(call -> {});
        Future<Message> call = transport.request(TARGET, EMPTY, context);
        line.giveUp(OTHER, MicroException.internal("test", "ended").withFault(Fault.BROKEN));
        assertThat(Await.failure(call).fault()).isEqualTo(Fault.BROKEN);
        assertThat(node.isBusy()).isFalse();
        assertThat(exchange.size()).isZero();
    }

    @Test
    void bringsLargeAnswersToTheirEndBeforeAnAgentGoes() {
        leaving();
        CallContext bytes = CallContext.create();
        assertThat(Await.result(transport.request(TARGET, EMPTY, bytes)).body()).isEqualTo(LARGE);
    }

    @Test
    void bringsTheAnswerToALargeRequestToItsEndBeforeAnAgentGoes() {
        leaving();
        CallContext bytes = CallContext.create();
        assertThat(Await.result(transport.request(TARGET, message(LARGE), bytes))
                        .body())
                .isEqualTo(LARGE);
    }

    @Test
    void waitsForARequestThatIsArrivingBeforeAnAgentGoes() {
        NodeExchange other = new NodeExchange(vertx, OTHER, timers);
        Forwarding forwarding = new Forwarding(vertx, other);
        Recording<Future<Void>> drained = new Recording<>();
        vertx.eventBus().consumer(OTHER, message -> {
            other.large().take(message, other, forwarding);
            drained.handle(forwarding.drained());
        });
        vertx.eventBus().consumer("micro.stream/plain", frame -> {});
        vertx.eventBus()
                .send(
                        OTHER,
                        null,
                        new DeliveryOptions()
                                .addHeader("frame", "open")
                                .addHeader("kind", "call")
                                .addHeader("stream-id", "1")
                                .addHeader("stream-address", "micro.stream/plain"));
        Future<Void> quiet = drained.next();
        assertThat(quiet.isComplete()).isFalse();
        Await.result(other.large().close());
        Await.result(quiet);
    }

    @Test
    void endsLargeCallsOfANodeThatIsGivenUp() {
        HandlerNode node = node();
        vertx.eventBus().consumer(OTHER, hangs -> {});
        Future<Message> call = transport.request(TARGET, message(LARGE), context);
        line.giveUp(OTHER, MicroException.internal("test", "ended").withFault(Fault.BROKEN));
        assertThat(Await.failure(call).fault()).isEqualTo(Fault.BROKEN);
        assertThat(node.isBusy()).isFalse();
        assertThat(exchange.size()).isZero();
    }

    @Test
    void repeatsALargeAnswerToAnAgentThatIsNotKnownYet() {
        NodeExchange other = new NodeExchange(vertx, OTHER, timers);
        Recording<String> frames = new Recording<>();
        vertx.runOnContext(now -> {
            other.answer(new NodeExchange.Return("micro.node/late", "1"), LARGE, new DeliveryOptions());
            vertx.eventBus()
                    .consumer(
                            "micro.node/late",
                            frame -> frames.handle(frame.headers().get("frame")));
        });
        assertThat(frames.next()).isEqualTo("open");
    }

    @Test
    void learnsFromStreamsWhoIsGone() {
        HandlerNode node = node();
        assertThat(Await.failure(transport.open(TARGET, EMPTY, context)).fault())
                .isEqualTo(Fault.UNREACHABLE);
        assertThat(node.state).isEqualTo(HandlerNode.State.SILENT);
    }

    @Test
    void learnsFromStreamsWhichHandlerIsGone() {
        String gone = "micro.handler/clock/Clock.Gone";
        HandlerNode node = handler(call -> {});
        node.handlers = Set.of(HANDLER, gone);
        assertThat(Await.failure(transport.open(OTHER + " " + gone, EMPTY, context))
                        .fault())
                .isEqualTo(Fault.UNREACHABLE);
        assertThat(node.handlers).containsOnly(HANDLER);
        assertThat(node.state).isEqualTo(HandlerNode.State.WELL);
    }

    @Test
    void endsStreamsThatOpenAtANodeThatIsGivenUp() {
        HandlerNode node = handler(call -> {});
        Recording<Object> asked = new Recording<>();
        vertx.eventBus().consumer(HANDLER + "2", asked::handle);
        Future<Socket> opening = transport.open(TARGET + "2", EMPTY, context);
        asked.next();
        assertThat(node.isBusy()).isTrue();
        line.giveUp(OTHER, MicroException.internal("test", "ended").withFault(Fault.BROKEN));
        assertThat(Await.failure(opening).fault()).isEqualTo(Fault.BROKEN);
        assertThat(node.isBusy()).isFalse();
    }
}
