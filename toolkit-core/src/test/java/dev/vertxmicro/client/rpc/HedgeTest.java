package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import dev.vertxmicro.transport.ScriptedTransport.Attempt;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A call that is not answered soon goes to another node besides. */
class HedgeTest {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final Endpoint<StringValue, StringValue> GET =
            new Endpoint<>("Greeter.Get", StringValue.class, StringValue.class, Endpoint.Kind.UNARY, true);

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS, new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));

    private Client client(HedgeOptions hedge, int nodes) {
        for (int i = 0; i < nodes; i++) {
            Node node = new Node("n" + i, "n" + i + ":1", Map.of("protocol", "mucp"));
            registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
        }
        return Client.create(ClientOptions.DEFAULTS.withHedge(hedge), new ClientParts(transport, selector, timers));
    }

    private static Request<StringValue, StringValue> get() {
        return Request.of("greeter", GET, StringValue.of("davie"));
    }

    private static Message answer(String text) {
        return new Message(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of(text)));
    }

    private static MicroException broken() {
        return MicroException.internal("go.micro.client.transport", "EOF").withFault(Fault.BROKEN);
    }

    private Attempt attempt(int index) {
        return transport.attempts.get(index);
    }

    private static boolean cancelled(Attempt attempt) {
        return attempt.context().cancellation().isCancelled();
    }

    @Test
    void takesTheFirstAnswerAndCancelsTheOtherAttempt() {
        Client client = client(HedgeOptions.DEFAULTS, 3);
        Future<StringValue> call = client.call(get());
        timers.advance(DELAY.minusNanos(1));
        assertThat(transport.attempts).hasSize(1);
        timers.advance(Duration.ofNanos(1));
        assertThat(transport.attempts).hasSize(2);
        assertThat(attempt(1).address()).isNotEqualTo(attempt(0).address());
        attempt(1).answer().complete(answer("second"));
        assertThat(call.result().getValue()).isEqualTo("second");
        assertThat(cancelled(attempt(0))).isTrue();
        assertThat(cancelled(attempt(1))).isFalse();
        assertThat(timers.pending()).isZero();
        assertThat(client.statistics().hedges()).isOne();
    }

    @Test
    void takesTheFirstAttemptsAnswerThatComesAfterAll() {
        Future<StringValue> call = client(HedgeOptions.DEFAULTS, 3).call(get());
        timers.advance(DELAY);
        attempt(0).answer().complete(answer("first"));
        assertThat(call.result().getValue()).isEqualTo("first");
        assertThat(cancelled(attempt(1))).isTrue();
        attempt(1).answer().complete(answer("late"));
        timers.advance(Duration.ofMinutes(1));
        assertThat(transport.attempts).hasSize(2);
    }

    @Test
    void countsTheLoserForNobodysFault() {
        Client client = client(HedgeOptions.DEFAULTS, 2);
        for (int i = 0; i < 100; i++) {
            int before = transport.attempts.size();
            client.call(get());
            timers.advance(DELAY);
            Attempt last = transport.last();
            last.answer().complete(answer("x"));
            if (transport.attempts.size() > before + 1) {
                attempt(before).answer().fail(broken());
            }
        }
        assertThat(selector.ejections()).isZero();
    }

    @Test
    void endsOnceWhenBothFail() {
        Future<StringValue> call = client(HedgeOptions.DEFAULTS, 3).call(get());
        timers.advance(DELAY);
        attempt(0).answer().fail(broken());
        assertThat(call.isComplete()).as("while the other runs").isFalse();
        attempt(1).answer().fail(broken());
        assertThat(call.cause()).hasMessageContaining("EOF");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void waitsForTheOtherWhenOneFails() {
        Future<StringValue> call = client(HedgeOptions.DEFAULTS, 3).call(get());
        timers.advance(DELAY);
        attempt(1).answer().fail(broken());
        attempt(0).answer().complete(answer("first"));
        assertThat(call.result().getValue()).isEqualTo("first");
    }

    @Test
    void endsBothAtTheDeadline() {
        Future<StringValue> call = client(HedgeOptions.DEFAULTS, 3).call(get());
        timers.advance(Duration.ofSeconds(5));
        assertThat(((MicroException) call.cause()).code()).isEqualTo(408);
        assertThat(transport.attempts).hasSize(2).allMatch(HedgeTest::cancelled);
        assertThat(timers.pending()).isZero();
    }

    @Test
    void sendsNothingTwiceThatIsNotIdempotent() {
        client(HedgeOptions.DEFAULTS, 3).call(get().withOptions(CallOptions.DEFAULTS.withIdempotent(false)));
        timers.advance(Duration.ofSeconds(4));
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void needsAnotherNode() {
        client(HedgeOptions.DEFAULTS, 1).call(get());
        timers.advance(Duration.ofSeconds(4));
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void makesAsManyBesidesAsItIsTold() {
        client(HedgeOptions.DEFAULTS.withExtra(2), 5).call(get());
        timers.advance(Duration.ofSeconds(4));
        assertThat(transport.attempts).extracting(Attempt::address).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void keepsToTheBudgetOfRetries() {
        Client client = client(HedgeOptions.DEFAULTS, 3);
        int calls = 1000;
        for (int i = 0; i < calls; i++) {
            client.call(get());
            timers.advance(DELAY);
            transport.last().answer().complete(answer("x"));
        }
        assertThat(transport.attempts.size() - calls).isBetween(calls / 5, calls / 5 + 100);
    }

    @Test
    void hedgesWhatTakesLongerThanMostDidOnceItKnowsHowLongThatIs() {
        Client client = client(HedgeOptions.DEFAULTS.withDelay(Duration.ZERO).withPercentile(90), 3);
        for (int i = 1; i <= 100; i++) {
            client.call(get());
            timers.advance(Duration.ofMillis(i < 95 ? 2 : 30));
            transport.attempts.forEach(attempt -> attempt.answer().tryComplete(answer("x")));
        }
        int before = transport.attempts.size();
        client.call(get());
        timers.advance(Duration.ofMillis(1));
        assertThat(transport.attempts).hasSize(before + 1);
        timers.advance(Duration.ofMillis(1));
        assertThat(transport.attempts).hasSize(before + 2);
    }

    @Test
    void knowsTheSameEndpointOfTwoServicesApart() {
        Client client = client(HedgeOptions.DEFAULTS.withDelay(Duration.ZERO).withPercentile(90), 3);
        for (int i = 0; i < 3; i++) {
            Node node = new Node("s" + i, "s" + i + ":1", Map.of("protocol", "mucp"));
            registry.register(new ServiceInfo("slow", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
        }
        for (int i = 0; i < 200; i++) {
            client.call(i % 2 == 0 ? get() : Request.of("slow", GET, StringValue.of("davie")));
            timers.advance(Duration.ofMillis(i % 2 == 0 ? 2 : 100));
            transport.attempts.forEach(attempt -> attempt.answer().tryComplete(answer("x")));
        }
        int before = transport.attempts.size();
        client.call(get());
        timers.advance(Duration.ofMillis(2));
        assertThat(transport.attempts).as("a quick one that takes long").hasSize(before + 2);
    }
}
