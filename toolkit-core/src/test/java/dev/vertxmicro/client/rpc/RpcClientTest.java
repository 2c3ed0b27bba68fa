package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.Backoff;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.client.RetryPolicy;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RpcClientTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> IDEMPOTENT =
            new Endpoint<>("Greeter.Get", StringValue.class, StringValue.class, Endpoint.Kind.UNARY, true);

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
            new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));

    private Client client(ClientOptions options, ClientInterceptor... interceptors) {
        return Client.create(
                options,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        selector,
                        Broker.inMemory(timers),
                        timers,
                        List.of(interceptors)));
    }

    private void register(String... addresses) {
        for (String address : addresses) {
            ServiceInfo service = new ServiceInfo(
                    "greeter",
                    "1",
                    Map.of(),
                    List.of(),
                    List.of(new Node("greeter-" + address, address, Map.of("protocol", "mucp"))));
            registry.register(service, Duration.ZERO);
        }
    }

    private static Request<StringValue, StringValue> hello() {
        return Request.of("greeter", HELLO, StringValue.of("davie"));
    }

    private static Message answer(String text) {
        return new Message(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of(text)));
    }

    private static MicroException failure(Future<?> future) {
        assertThat(future.failed()).as("failed").isTrue();
        return (MicroException) future.cause();
    }

    private static MicroException unreachable() {
        return MicroException.internal("go.micro.client", "connection error").asRetryable();
    }

    @Test
    void sendsGoMicrosHeadersAndABareBody() {
        register("a:1");
        Future<StringValue> greeting = client(ClientOptions.DEFAULTS.withName("caller"))
                .call(CallContext.create().withMetadata("Tenant", "blue"), hello());
        Message sent = transport.last().message();
        assertThat(sent.headers().toMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Tenant", "blue",
                        "Micro-From-Service", "caller",
                        "Timeout", "5000000000",
                        "Content-Type", "application/protobuf",
                        "Accept", "application/protobuf",
                        "Micro-Id", "0",
                        "Micro-Service", "greeter",
                        "Micro-Method", "Greeter.Hello",
                        "Micro-Endpoint", "Greeter.Hello"));
        assertThat(sent.body()).isEqualTo(Buffer.buffer(new byte[] {0x0a, 5, 'd', 'a', 'v', 'i', 'e'}));
        transport.last().answer().complete(answer("hello davie"));
        assertThat(greeting.result()).isEqualTo(StringValue.of("hello davie"));
        assertThat(timers.pending()).as("deadline timers left").isZero();
    }

    @Test
    void givesEveryCallAFreshId() {
        register("a:1");
        Client client = client(ClientOptions.DEFAULTS);
        client.call(hello());
        client.call(hello());
        assertThat(transport.attempts.stream().map(a -> a.message().headers().value("Micro-Id", "")))
                .containsExactly("0", "1");
    }

    @Test
    void failsExactlyAsGoMicroWhenNobodyServes() {
        Future<StringValue> call =
                client(ClientOptions.DEFAULTS).call(Request.of("student_service", HELLO, StringValue.of("davie")));
        assertThat(MicroException.text(failure(call)))
                .isEqualTo("{\"id\":\"go.micro.client\",\"code\":500,\"detail\":\"error selecting student_service node:"
                        + " not found\",\"status\":\"Internal Server Error\"}");
    }

    @Test
    void callsAGivenAddressWithoutAskingTheRegistry() {
        client(ClientOptions.DEFAULTS).call(hello().withOptions(CallOptions.DEFAULTS.withAddresses("b:2")));
        assertThat(transport.last().address()).isEqualTo("b:2");
    }

    @Test
    void triesAnotherNodeWhenTheAttemptNeverLeft() {
        register("a:1", "b:2");
        Future<StringValue> call = client(ClientOptions.DEFAULTS).call(hello());
        String first = transport.last().address();
        transport.last().answer().fail(unreachable());
        assertThat(transport.attempts).hasSize(2);
        assertThat(transport.last().address()).isNotEqualTo(first);
        transport.last().answer().complete(answer("ok"));
        assertThat(call.result().getValue()).isEqualTo("ok");
    }

    @Test
    void repeatsAsOftenAsToldAndNoMore() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS.withRetries(2).withBackoff(Backoff.none()))
                .call(hello());
        for (int i = 0; i < 3; i++) {
            assertThat(call.isComplete()).isFalse();
            transport.last().answer().fail(unreachable());
        }
        assertThat(transport.attempts).hasSize(3);
        assertThat(failure(call).detail()).isEqualTo("connection error");
    }

    @Test
    void doesNotRepeatWhatMayHaveRun() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS).call(hello());
        transport.last().answer().fail(MicroException.internal("go.micro.client.transport", "EOF"));
        assertThat(failure(call).detail()).isEqualTo("EOF");
        assertThat(transport.attempts).hasSize(1);
    }

    @Test
    void repeatsAnIdempotentEndpointWhoseConnectionBroke() {
        register("a:1");
        client(ClientOptions.DEFAULTS.withBackoff(Backoff.none()))
                .call(Request.of("greeter", IDEMPOTENT, StringValue.of("davie")));
        transport.last().answer().fail(MicroException.internal("go.micro.client.transport", "EOF"));
        assertThat(transport.attempts).hasSize(2);
    }

    @Test
    void repeatsCode500OnceUnderTheGoMicroPolicy() {
        register("a:1");
        client(ClientOptions.DEFAULTS.withRetry(RetryPolicy.goMicro()).withBackoff(Backoff.none()))
                .call(hello());
        Message error = new Message(
                Metadata.of("Micro-Error", MicroException.internal("x", "y").toJson()), Buffer.buffer());
        transport.last().answer().complete(error);
        assertThat(transport.attempts).hasSize(2);
    }

    @Test
    void boundsTheRetriesOfAnOutageByABudget() {
        register("a:1");
        Client client = client(ClientOptions.DEFAULTS.withBackoff(Backoff.none()));
        int calls = 1000;
        for (int i = 0; i < calls; i++) {
            int before = transport.attempts.size();
            client.call(hello());
            transport.last().answer().fail(unreachable());
            if (transport.attempts.size() > before + 1) {
                transport.last().answer().fail(unreachable());
            }
        }
        assertThat(transport.attempts.size() - calls).as("retries").isBetween(calls / 5, calls / 5 + 100);
    }

    @Test
    void keepsOneDeadlineForAllAttempts() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS.withRetries(3)).call(hello());
        timers.advance(Duration.ofSeconds(4));
        transport.last().answer().fail(unreachable());
        timers.advance(Duration.ofMillis(999));
        assertThat(call.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(1));
        assertThat(MicroException.text(failure(call)))
                .isEqualTo("{\"id\":\"go.micro.client\",\"code\":408,\"detail\":\"call timeout: context deadline"
                        + " exceeded\",\"status\":\"Request Timeout\"}");
    }

    @Test
    void tellsTheTransportWhenItGivesUpAndDropsTheLateAnswer() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS).call(hello());
        timers.advance(Duration.ofSeconds(5));
        assertThat(transport.last().context().cancellation().isCancelled()).isTrue();
        transport.last().answer().complete(answer("late"));
        assertThat(failure(call).code()).isEqualTo(408);
    }

    @Test
    void takesTheEarlierOfContextDeadlineAndTimeout() {
        register("a:1");
        timers.advance(Duration.ofSeconds(7));
        long deadline = timers.nanoTime() + Duration.ofSeconds(2).toNanos();
        client(ClientOptions.DEFAULTS).call(CallContext.create().withDeadline(deadline), hello());
        assertThat(transport.last().message().headers().value("Timeout", "")).isEqualTo("2000000000");
    }

    @Test
    void refusesACallWhoseDeadlineHasPassed() {
        register("a:1");
        Future<StringValue> call =
                client(ClientOptions.DEFAULTS).call(CallContext.create().withDeadline(timers.nanoTime()), hello());
        assertThat(failure(call).detail()).isEqualTo("context deadline exceeded");
        assertThat(transport.attempts).isEmpty();
    }

    @Test
    void endsWithItsContext() {
        register("a:1");
        Cancellation cancellation = new Cancellation();
        Future<StringValue> call =
                client(ClientOptions.DEFAULTS).call(CallContext.create().withCancellation(cancellation), hello());
        cancellation.cancel(MicroException.timeout("me", "enough"));
        assertThat(failure(call).detail()).isEqualTo("context canceled");
        assertThat(transport.last().context().cancellation().isCancelled()).isTrue();
    }

    @Test
    void passesOnOnlyWhatIsMarkedToPropagate() {
        register("a:1");
        Metadata received =
                Metadata.from(Map.of("Tenant", "blue", "Local", "x", "Remote", "y", "Micro-Id", "77", "Secret", "s"));
        CallContext handling =
                CallContext.received(received, CallContext.NO_DEADLINE, Cancellation.NEVER, Peer.UNKNOWN);
        client(ClientOptions.DEFAULTS).call(handling, hello());
        Map<String, String> sent = transport.last().message().headers().toMap();
        assertThat(sent).containsEntry("Tenant", "blue").containsEntry("Micro-Id", "0");
        assertThat(sent).doesNotContainKeys("Local", "Remote", "Secret");
    }

    @Test
    void namesTheSupportedTypesForAnUnknownOne() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS)
                .call(hello().withOptions(CallOptions.DEFAULTS.withContentType("application/foo")));
        assertThat(failure(call).detail())
                .isEqualTo(
                        "Unsupported Content-Type: application/foo (supported: application/json, application/json-rpc,"
                                + " application/octet-stream, application/proto-rpc, application/protobuf,"
                                + " application/x-protobuf, text/*)");
    }

    @Test
    void takesAPlainTextAnswerOfAGoServerForAnErrorNotForAMessage() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS).call(hello());
        Buffer text = Buffer.buffer("Unsupported Content-Type: application/protobuf");
        transport.last().answer().complete(new Message(Metadata.of("Content-Type", "text/plain"), text));
        assertThat(failure(call).id()).isEqualTo("go.micro.client.codec");
        assertThat(failure(call).detail()).contains("Unsupported Content-Type: application/protobuf");
    }

    @Test
    void keepsTheTextOfAPlainErrorFromAPeer() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS).call(hello());
        transport
                .last()
                .answer()
                .complete(new Message(Metadata.of("Micro-Error", "rpc: can't find service Nope"), Buffer.buffer()));
        assertThat(MicroException.text(failure(call))).isEqualTo("rpc: can't find service Nope");
        assertThat(failure(call).remote()).isTrue();
    }

    @Test
    void saysThatAnAnswerCannotBeDecoded() {
        register("a:1");
        Future<StringValue> call = client(ClientOptions.DEFAULTS).call(hello());
        transport.last().answer().complete(new Message(Metadata.EMPTY, Buffer.buffer(new byte[] {0x0a})));
        assertThat(failure(call).id()).isEqualTo("go.micro.client.codec");
    }

    @Test
    void runsInterceptorsFirstOutermost() {
        register("a:1");
        List<String> seen = new ArrayList<>();
        client(ClientOptions.DEFAULTS, new Naming("outer", seen), new Naming("inner", seen))
                .call(hello());
        assertThat(seen).containsExactly("outer", "inner");
    }

    private record Naming(String name, List<String> seen) implements ClientInterceptor.OfCalls {
        @Override
        public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
            seen.add(name);
            return next.exchange(context, request);
        }
    }

    @Test
    void letsRunningCallsEndWhenClosedAndRefusesNewOnes() {
        register("a:1");
        Client client = client(ClientOptions.DEFAULTS);
        client.call(hello());
        Future<Void> closed = client.close();
        assertThat(closed.isComplete()).isFalse();
        assertThat(failure(client.call(hello())).detail()).isEqualTo("client is closed");
        transport.last().answer().complete(answer("ok"));
        assertThat(closed.succeeded()).isTrue();
        assertThat(client.close().succeeded()).as("closed twice").isTrue();
    }
}
