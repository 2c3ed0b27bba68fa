package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.EndpointOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.RetryPolicy;
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
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is tried again, how often and where. */
class RetryTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Message OK =
            new Message(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of("ok")));

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
            new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));

    private Client client(ClientOptions options, String... addresses) {
        for (String address : addresses) {
            Node node = new Node("greeter-" + address, address, Map.of("protocol", "mucp"));
            registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
        }
        return Client.create(options, new ClientParts(transport, selector, timers));
    }

    private static Request<StringValue, StringValue> hello() {
        return Request.of("greeter", HELLO, StringValue.of("davie"));
    }

    private static Message error(MicroException error, String mark) {
        Metadata headers = Metadata.of("Micro-Error", error.toJson());
        return new Message(mark.isEmpty() ? headers : headers.with(mark, "true"), Buffer.buffer());
    }

    private static Message notTaken() {
        return error(MicroException.unavailable("greeter", "server is stopping"), "Micro-Not-Taken");
    }

    private static MicroException unreachable() {
        return MicroException.internal("go.micro.client", "connection error")
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    private static MicroException broken() {
        return MicroException.internal("go.micro.client.transport", "EOF").withFault(Fault.BROKEN);
    }

    private List<String> tried() {
        return transport.attempts.stream()
                .map(ScriptedTransport.Attempt::address)
                .toList();
    }

    @Test
    void triesWhatANodeDidNotTakeAtEveryOtherAtOnce() {
        Future<StringValue> call =
                client(ClientOptions.DEFAULTS, "a:1", "b:2", "c:3", "d:4").call(hello());
        for (int i = 0; i < 3; i++) {
            transport.last().answer().complete(notTaken());
        }
        assertThat(tried()).hasSize(4).doesNotHaveDuplicates();
        transport.last().answer().complete(OK);
        assertThat(call.result().getValue()).isEqualTo("ok");
    }

    @Test
    void endsWhenNoNodeTakesIt() {
        Future<StringValue> call =
                client(ClientOptions.DEFAULTS, "a:1", "b:2", "c:3").call(hello());
        transport.last().answer().complete(notTaken());
        transport.last().answer().fail(unreachable());
        transport.last().answer().complete(notTaken());
        assertThat(tried()).hasSize(3).doesNotHaveDuplicates();
        assertThat(call.cause()).hasMessageContaining("server is stopping");
        assertThat(((MicroException) call.cause()).fault()).isEqualTo(Fault.NOT_TAKEN);
    }

    @Test
    void triesTheOnlyNodeAgainAfterAPause() {
        client(ClientOptions.DEFAULTS, "a:1").call(hello());
        transport.last().answer().complete(notTaken());
        assertThat(tried()).hasSize(1);
        timers.advance(Duration.ofMillis(10));
        assertThat(tried()).hasSize(2);
    }

    @Test
    void doesNotRepeatA503ThatNobodyMarked() {
        Future<StringValue> call = client(ClientOptions.DEFAULTS, "a:1", "b:2").call(hello());
        transport.last().answer().complete(error(MicroException.unavailable("greeter", "no stock"), ""));
        assertThat(tried()).hasSize(1);
        assertThat(call.cause()).hasMessageContaining("no stock");
    }

    @Test
    void triesNothingAgainWhereRetriesAreZero() {
        ClientOptions none = ClientOptions.DEFAULTS.withRetries(0);
        assertThat(client(none, "a:1", "b:2").call(hello()).isComplete()).isFalse();
        transport.last().answer().complete(notTaken());
        assertThat(tried()).hasSize(1);
    }

    @Test
    void leavesTheGoMicroPolicyAsItIs() {
        Client client = client(ClientOptions.DEFAULTS.withRetry(RetryPolicy.goMicro()), "a:1", "b:2", "c:3");
        client.call(hello());
        transport.last().answer().fail(unreachable());
        transport.last().answer().fail(unreachable());
        assertThat(tried()).as("attempts after connections were refused").hasSize(2);
        client.call(hello());
        transport.last().answer().complete(notTaken());
        assertThat(tried()).as("attempts after a 503").hasSize(3);
    }

    @Test
    void keepsTheBudgetOfWhatMayHaveRunForThat() {
        Client client = client(ClientOptions.DEFAULTS, "a:1", "b:2", "c:3");
        for (int i = 0; i < 500; i++) {
            client.call(hello());
            transport.last().answer().complete(notTaken());
            transport.last().answer().complete(OK);
        }
        assertThat(tried()).as("attempts").hasSize(1000);
        Request<StringValue, StringValue> idempotent = hello().withOptions(CallOptions.DEFAULTS.withIdempotent(true));
        client.call(idempotent);
        transport.last().answer().fail(broken());
        assertThat(tried()).hasSize(1002);
    }

    @Test
    void boundsWhatIsTriedElsewhereByTheNumberOfCalls() {
        Client client = client(ClientOptions.DEFAULTS, "a:1", "b:2", "c:3", "d:4");
        int calls = 5000;
        for (int i = 0; i < calls; i++) {
            Future<StringValue> call = client.call(hello());
            while (!call.isComplete()) {
                transport.last().answer().complete(notTaken());
            }
        }
        assertThat(tried().size() - calls).isBetween(calls, calls + 1000);
    }

    @Test
    void takesTheWordOfACallBeforeThatOfItsEndpointAndThatBeforeTheProto() {
        EndpointOptions idempotent =
                EndpointOptions.DEFAULTS.withPattern("Greeter.*").withIdempotent(true);
        EndpointOptions all = EndpointOptions.DEFAULTS.withIdempotent(false).withRetries(0);
        Client client = client(ClientOptions.DEFAULTS.withEndpoints(all, idempotent.withRetries(1)), "a:1", "b:2");
        client.call(hello());
        transport.last().answer().fail(broken());
        assertThat(tried()).hasSize(2);
        client.call(hello().withOptions(CallOptions.DEFAULTS.withIdempotent(false)));
        transport.last().answer().fail(broken());
        assertThat(tried()).hasSize(3);
    }

    @Test
    void givesEndpointsATimeOfTheirOwn() {
        EndpointOptions slow =
                EndpointOptions.DEFAULTS.withPattern("Greeter.Hello").withRequestTimeout(Duration.ofMinutes(1));
        client(ClientOptions.DEFAULTS.withEndpoints(slow), "a:1").call(hello());
        assertThat(transport.last().message().headers().value("Timeout", "")).isEqualTo("60000000000");
    }

    @Test
    void sendsTheSameIdempotencyKeyWithEveryAttempt() {
        Client client = client(ClientOptions.DEFAULTS, "a:1", "b:2");
        client.call(hello().withOptions(CallOptions.DEFAULTS.withIdempotencyKey("order-7")));
        transport.last().answer().fail(unreachable());
        assertThat(transport.attempts).hasSize(2).allSatisfy(attempt -> assertThat(
                        attempt.message().headers().value("Micro-Idempotency-Key", ""))
                .isEqualTo("order-7"));
    }
}
