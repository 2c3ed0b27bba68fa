package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.handlers.DeadlineWatch;
import dev.vertxmicro.time.LogLines;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Calls that nobody waits for any more, and their handlers, which run on. */
class AbandonedCallsTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Peer NEAR = new Peer("10.0.0.1:1234", ":0");

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Queue<Promise<StringValue>> atWork = new ArrayDeque<>();
    private final List<CallContext> contexts = new ArrayList<>();

    private Server started(int limit) {
        Server server = Server.create(
                ServerOptions.defaults().withName("greeter").withMaxConcurrentCalls(limit),
                new ServerParts(transport, Registry.inMemory(timers), timers));
        server.handle(HELLO, (request, context) -> {
            Promise<StringValue> promise = Promise.promise();
            atWork.add(promise);
            contexts.add(context);
            return promise.future();
        });
        server.start();
        return server;
    }

    private Future<Message> call(Duration timeout) {
        return call(timeout, NEAR, new Cancellation());
    }

    private Future<Message> call(Duration timeout, Peer peer, Cancellation cancellation) {
        Metadata.Builder headers = Metadata.builder(2).add("Micro-Endpoint", HELLO.name());
        if (!timeout.isZero()) {
            headers.add("Timeout", Long.toString(timeout.toNanos()));
        }
        return transport.handler.handle(new Message(headers.build(), Buffer.buffer()), peer, cancellation);
    }

    private void endOne() {
        atWork.remove().complete(StringValue.of("done"));
    }

    private static int code(Future<Message> answer) {
        return MicroException.parse(answer.result().headers().value("Micro-Error", ""))
                .code();
    }

    private static String error(Future<Message> answer) {
        return answer.result().headers().value("Micro-Error", "");
    }

    private static void assertLoad(Server server, int running, int abandoned) {
        assertThat(server.statistics().running()).as("running").isEqualTo(running);
        assertThat(server.statistics().abandoned()).as("abandoned").isEqualTo(abandoned);
    }

    @Test
    void givesThePlacesOfCallsToOthersWhenTheirTimeIsUp() {
        Server server = started(3);
        List<Future<Message>> slow =
                List.of(call(Duration.ofMillis(300)), call(Duration.ofMillis(300)), call(Duration.ofMillis(300)));
        assertThat(code(call(Duration.ofSeconds(5)))).isEqualTo(503);
        timers.advance(Duration.ofMillis(300));
        assertThat(slow).allSatisfy(call -> assertThat(error(call))
                .isEqualTo(MicroException.timeout("greeter", "context deadline exceeded")
                        .toJson()));
        assertLoad(server, 0, 3);
        Future<Message> next = call(Duration.ofSeconds(5));
        assertLoad(server, 1, 3);
        for (int i = 0; i < 4; i++) {
            endOne();
        }
        assertThat(error(next)).isEmpty();
        assertLoad(server, 0, 0);
        assertThat(server.statistics().lateAnswers()).isEqualTo(3);
    }

    @Test
    void tellsTheHandlerThatItsTimeIsUp() {
        started(3);
        call(Duration.ofMillis(300));
        timers.advance(Duration.ofMillis(300));
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
        assertThat(contexts.get(0).cancellation().cause().code()).isEqualTo(408);
    }

    @Test
    void endsEachCallAtItsOwnDeadlineAndAtMostFiftyMillisecondsLate() {
        started(100);
        List<Future<Message>> calls = new ArrayList<>();
        for (int i = 20; i > 0; i--) {
            calls.add(call(Duration.ofMillis(i * 10L)));
        }
        for (int passed = 10; passed <= 260; passed += 10) {
            timers.advance(Duration.ofMillis(10));
            for (int i = 0; i < 20; i++) {
                int deadline = (20 - i) * 10;
                if (passed < deadline) {
                    assertThat(calls.get(i).isComplete())
                            .as(deadline + " at " + passed)
                            .isFalse();
                } else if (passed >= deadline + 50) {
                    assertThat(calls.get(i).isComplete())
                            .as(deadline + " at " + passed)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void setsOneTimerForAllCallsAndNoneForThoseThatAnswerAtOnce() {
        started(1000);
        int before = timers.pending();
        for (int i = 0; i < 500; i++) {
            call(Duration.ofSeconds(5));
        }
        assertThat(timers.pending()).isEqualTo(before + 1);
        while (!atWork.isEmpty()) {
            endOne();
        }
        timers.advance(Duration.ofSeconds(5));
        assertThat(timers.pending()).isEqualTo(before);
    }

    @Test
    void givesThePlaceOfACallToAnotherWhenItsCallerGoes() {
        Server server = started(1);
        Cancellation gone = new Cancellation();
        call(Duration.ZERO, NEAR, gone);
        assertThat(code(call(Duration.ZERO))).isEqualTo(503);
        gone.cancel(MicroException.timeout("test", "caller is gone"));
        assertLoad(server, 0, 1);
        Future<Message> next = call(Duration.ZERO);
        endOne();
        assertLoad(server, 1, 0);
        endOne();
        assertThat(error(next)).isEmpty();
        assertLoad(server, 0, 0);
    }

    @Test
    void runsAtMostAsManyHandlersForNobodyAsCalls() {
        Server server = started(3);
        for (int i = 0; i < 6; i++) {
            call(Duration.ofMillis(1), Peer.UNKNOWN, new Cancellation());
            timers.advance(Duration.ofMillis(100));
        }
        assertLoad(server, 0, 6);
        Future<Message> refused = call(Duration.ofSeconds(1), Peer.UNKNOWN, new Cancellation());
        assertThat(error(refused))
                .isEqualTo(MicroException.unavailable("greeter", "too many abandoned calls (limit: 3)")
                        .toJson());
        endOne();
        call(Duration.ofSeconds(1), Peer.UNKNOWN, new Cancellation());
        assertLoad(server, 1, 5);
    }

    @Test
    void logsHandlersThatRunOnOnceInTenSecondsWithEndpointAndAge() {
        try (LogLines logs = LogLines.of(DeadlineWatch.class)) {
            started(10);
            for (int i = 0; i < 5; i++) {
                call(Duration.ofMillis(300));
            }
            timers.advance(Duration.ofMillis(1299));
            assertThat(logs.lines()).isEmpty();
            timers.advance(Duration.ofMillis(1));
            timers.advance(Duration.ofSeconds(60));
            String line = "handler of Greeter.Hello runs on after 1300 ms, and nobody waits for it any more";
            assertThat(logs.lines()).containsExactly(line, line + " (and 3 more)");
        }
    }

    @Test
    void saysNothingOfAHandlerThatEndsSoonAfterItsCallerHasGone() {
        try (LogLines logs = LogLines.of(DeadlineWatch.class)) {
            started(10);
            call(Duration.ofMillis(300));
            timers.advance(Duration.ofMillis(800));
            endOne();
            timers.advance(Duration.ofSeconds(60));
            assertThat(logs.lines()).isEmpty();
        }
    }

    @Test
    void refusesAPeerMoreThanItsShareAndTakesOthers() {
        started(4);
        for (int i = 0; i < 3; i++) {
            call(Duration.ZERO);
        }
        assertThat(error(call(Duration.ZERO, new Peer("10.0.0.1:99", ":0"), new Cancellation())))
                .isEqualTo(MicroException.unavailable("greeter", "too many concurrent calls (limit: 3) of one peer")
                        .toJson());
        Future<Message> other = call(Duration.ZERO, new Peer("10.0.0.2:1234", ":0"), new Cancellation());
        assertThat(other.isComplete()).isFalse();
        assertThat(code(call(Duration.ZERO, new Peer("10.0.0.3:1", ":0"), new Cancellation())))
                .isEqualTo(503);
        endOne();
        assertThat(call(Duration.ZERO).isComplete()).isFalse();
    }

    @Test
    void servesOthersWhateverAPeerCallsAndGivesUp() {
        Server server = started(8);
        for (int i = 0; i < 1000; i++) {
            Cancellation gone = new Cancellation();
            call(Duration.ZERO, NEAR, gone);
            gone.cancel(MicroException.timeout("test", "caller is gone"));
        }
        assertLoad(server, 0, 12);
        for (int i = 0; i < 4; i++) {
            Future<Message> good = call(Duration.ofSeconds(5), new Peer("10.0.0.2:1", ":0"), new Cancellation());
            assertThat(good.isComplete()).isFalse();
        }
        atWork.forEach(promise -> promise.complete(StringValue.of("x")));
        assertLoad(server, 0, 0);
    }

    @Test
    void countsNoPeerThatIsNotKnown() {
        started(4);
        for (int i = 0; i < 4; i++) {
            assertThat(call(Duration.ZERO, Peer.UNKNOWN, new Cancellation()).isComplete())
                    .isFalse();
        }
    }

    @Test
    void doesNotAskAHandlerForWhomNobodyWaits() {
        Server server = started(4);
        Cancellation gone = new Cancellation();
        gone.cancel(MicroException.timeout("test", "caller is gone"));
        assertThat(code(call(Duration.ZERO, NEAR, gone))).isEqualTo(408);
        assertThat(atWork).isEmpty();
        assertLoad(server, 0, 0);
    }

    @Test
    void waitsForHandlersThatNobodyWaitsForAsLongAsForOthersWhenItStops() {
        try (LogLines logs = LogLines.of(ServerStop.class)) {
            Server server = started(4);
            call(Duration.ofMillis(1));
            call(Duration.ofSeconds(60));
            timers.advance(Duration.ofMillis(1));
            Future<Void> stopped = server.stop();
            timers.advance(Duration.ofMillis(9_999));
            assertThat(stopped.isComplete()).isFalse();
            timers.advance(Duration.ofMillis(1));
            assertThat(stopped.succeeded()).isTrue();
            assertThat(logs.lines())
                    .contains("greeter: closing with 1 call running and 1 handler that nobody waits for");
            assertThat(timers.pending()).isZero();
        }
    }

    @Test
    void stopsAtOnceWhenTheLastHandlerEndsThatNobodyWaitsFor() {
        Server server = started(4);
        call(Duration.ofMillis(1));
        timers.advance(Duration.ofMillis(1));
        Future<Void> stopped = server.stop();
        assertThat(stopped.isComplete()).isFalse();
        endOne();
        assertThat(stopped.succeeded()).isTrue();
    }

    @Test
    void endsAStreamAtItsDeadlineAndGivesItsPlaceToAnother() {
        Transport memory = Transport.inMemory(timers);
        Server server = Server.create(
                ServerOptions.defaults().withAddress("127.0.0.1:9").withMaxConcurrentCalls(1),
                new ServerParts(memory, Registry.inMemory(timers), timers));
        Endpoint<StringValue, StringValue> watch = new Endpoint<>(
                "Greeter.Watch", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
        Promise<Void> never = Promise.promise();
        server.handleStream(watch, (stream, context) -> never.future());
        server.start();
        List<String> ends = new ArrayList<>();
        Metadata headers = Metadata.builder(3)
                .add("Micro-Endpoint", "Greeter.Watch")
                .add("Micro-Stream", "1")
                .add("Micro-Deadline", Long.toString(Duration.ofMillis(300).toNanos()))
                .build();
        Message first = new Message(headers, Buffer.buffer());
        Socket socket = memory.open("127.0.0.1:9", first, CallContext.create()).result();
        socket.onEnd(trailer -> ends.add(trailer.value("Micro-Error", "")));
        timers.advance(Duration.ofMillis(300));
        assertThat(ends).singleElement().asString().contains("context deadline exceeded");
        assertLoad(server, 0, 1);
        memory.open("127.0.0.1:9", first, CallContext.create());
        assertLoad(server, 1, 1);
        never.complete();
        assertLoad(server, 0, 0);
    }

    @Test
    void givesThePlaceOfAnEventToAnotherWhenTheTimeOfItsHandlerIsUp() {
        Broker broker = Broker.inMemory(timers);
        Server server = Server.create(
                ServerOptions.defaults().withMaxConcurrentCalls(1),
                new ServerParts(transport, Registry.inMemory(timers), broker, timers));
        Promise<Void> never = Promise.promise();
        server.subscribe(
                "events",
                StringValue.class,
                (message, context) -> {
                    contexts.add(context);
                    return never.future();
                },
                SubscribeOptions.DEFAULTS.withMaxAttempts(1));
        server.handle(HELLO, (request, context) -> Future.succeededFuture(request));
        server.start();
        broker.publish("events", new Message(Metadata.EMPTY, Buffer.buffer()));
        assertThat(code(call(Duration.ZERO))).isEqualTo(503);
        timers.advance(SubscribeOptions.DEFAULTS.handlerTimeout());
        assertLoad(server, 0, 1);
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
        assertThat(error(call(Duration.ZERO))).isEmpty();
        never.complete();
        assertLoad(server, 0, 0);
    }
}
