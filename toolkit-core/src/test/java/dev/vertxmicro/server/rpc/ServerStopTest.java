package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.SlowRegistry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerStopTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final ServerOptions OPTIONS =
            ServerOptions.defaults().withName("greeter").withId("1").withAddress("127.0.0.1:0");

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final SlowRegistry registry = new SlowRegistry(timers);
    private final List<CallContext> contexts = new ArrayList<>();
    private final List<Promise<StringValue>> atWork = new ArrayList<>();

    private Server started(ServerOptions options) {
        Server server = Server.create(options, new ServerParts(transport, registry, timers));
        server.handle(HELLO, (request, context) -> {
            contexts.add(context);
            Promise<StringValue> answer = Promise.promise();
            atWork.add(answer);
            return answer.future();
        });
        assertThat(server.start().succeeded()).isTrue();
        return server;
    }

    private Future<Message> call() {
        Metadata headers =
                Metadata.builder(1).add("Micro-Endpoint", "Greeter.Hello").build();
        return transport.handler.handle(
                new Message(headers, Codec.protobuf().encode(StringValue.of("davie"))),
                Peer.UNKNOWN,
                new Cancellation());
    }

    private void answer(int call) {
        atWork.get(call).complete(StringValue.of("hello"));
    }

    private static boolean isServed(Future<Message> call) {
        return call.succeeded()
                && call.result().headers().value(Headers.ERROR, "").isEmpty();
    }

    @Test
    void servesAsBeforeUntilWatchersKnowThenTakesNothingAndCloses() {
        Server server = started(OPTIONS);
        Future<Message> running = call();
        Future<Void> stopped = server.stop();
        assertThat(registry.get("greeter").result()).as("has left").isEmpty();
        timers.advance(Duration.ofMillis(499));
        Future<Message> unaware = call();
        assertThat(transport.drained).as("peers told while they are served").isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(transport.drained).isTrue();
        Message refusal = call().result();
        assertThat(refusal.headers().value(Headers.NOT_TAKEN, "")).isEqualTo("true");
        assertThat(MicroException.parse(refusal.headers().value(Headers.ERROR, ""))
                        .code())
                .isEqualTo(503);
        assertThat(atWork).as("asked for a call that was not taken").hasSize(2);
        answer(0);
        assertThat(transport.listening).isTrue();
        answer(1);
        assertThat(List.of(running, unaware)).allMatch(ServerStopTest::isServed);
        assertThat(stopped.succeeded()).isTrue();
        assertThat(transport.listening).isFalse();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void marksWhatIsBeyondTheLimitAsNotTaken() {
        started(OPTIONS.withMaxConcurrentCalls(1));
        call();
        Message refusal = call().result();
        assertThat(refusal.headers().value(Headers.NOT_TAKEN, "")).isEqualTo("true");
        answer(0);
        Future<Message> next = call();
        answer(1);
        assertThat(isServed(next)).isTrue();
    }

    @Test
    void doesNotMarkWhatAHandlerFailedWithThoughANodeThatItCalledTookNothing() {
        started(OPTIONS);
        Future<Message> served = call();
        MicroException sent = MicroException.parse(
                MicroException.unavailable("grades", "full").text());
        atWork.get(0).fail(sent.asNotTaken());
        assertThat(served.result().headers().contains(Headers.NOT_TAKEN)).isFalse();
    }

    @Test
    void marksWhatAHandlerDidNotTakeItself() {
        started(OPTIONS);
        Future<Message> served = call();
        atWork.get(0).fail(MicroException.unavailable("greeter", "nobody there").asNotTaken());
        assertThat(served.result().headers().value(Headers.NOT_TAKEN, "")).isEqualTo("true");
    }

    @Test
    void waitsAsLongAsItIsToldInsteadOfAsTheRegistrySays() {
        Server server = started(OPTIONS.withDrainDelay(Duration.ofSeconds(3)));
        Future<Void> stopped = server.stop();
        timers.advance(Duration.ofMillis(2_999));
        assertThat(stopped.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(stopped.succeeded()).isTrue();
    }

    @Test
    void waitsForNobodyWhereItWasNeverRegistered() {
        registry.taking = Future.failedFuture("no route");
        Server server = started(OPTIONS);
        assertThat(server.stop().succeeded()).isTrue();
    }

    @Test
    void leavesCallsAQuarterOfTheDrainTimeoutWhateverTheStepsBeforeTake() {
        registry.leaving = Promise.<Void>promise().future();
        Server server = started(OPTIONS.withDrainDelay(Duration.ofMinutes(1)));
        call();
        Future<Void> stopped = server.stop();
        timers.advance(Duration.ofMillis(7_499));
        assertThat(isServed(finished(call()))).as("served in the delay").isTrue();
        timers.advance(Duration.ofMillis(1));
        assertThat(call().result().headers().contains(Headers.NOT_TAKEN)).isTrue();
        timers.advance(Duration.ofMillis(2_499));
        assertThat(stopped.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(stopped.succeeded()).as("stopped within the drain timeout").isTrue();
    }

    private Future<Message> finished(Future<Message> call) {
        answer(atWork.size() - 1);
        return call;
    }

    @Test
    void waitsAMomentForPeersWhoAreToldToGoAndNoLonger() {
        transport.drain = Promise.<Void>promise().future();
        Server server = started(OPTIONS.withDrainDelay(Duration.ZERO));
        Future<Void> stopped = server.stop();
        timers.advance(Duration.ofMillis(499));
        assertThat(stopped.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(stopped.succeeded()).isTrue();
    }

    @Test
    void stopsAlthoughTheRegistrySaysNonsense() {
        registry.notice = () -> Duration.ofDays(200_000);
        Server server = started(OPTIONS.withDrainTimeout(Duration.ofDays(200_000)));
        Future<Void> stopped = server.stop();
        timers.advance(Duration.ofDays(366));
        assertThat(stopped.succeeded()).isTrue();
        registry.notice = () -> {
            throw new IllegalStateException("a plugin's own");
        };
        Server second = started(OPTIONS.withId("2"));
        assertThat(second.stop().succeeded()).isTrue();
    }

    @Test
    void tellsHandlersAtWorkThatItDrainsAndForgetsThoseThatAreDone() {
        Server server = started(OPTIONS);
        call();
        CallContext context = contexts.get(0);
        Future<Void> draining = context.draining();
        assertThat(context.withMetadata("a", "b").draining()).isSameAs(draining);
        draining.onComplete(told -> {
            throw new IllegalStateException("a handler's own");
        });
        server.stop();
        assertThat(draining.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(500));
        assertThat(draining.succeeded()).isTrue();
        assertThat(CallContext.create().draining().isComplete()).isFalse();
    }
}
