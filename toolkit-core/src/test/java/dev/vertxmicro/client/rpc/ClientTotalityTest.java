package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever code a client meets does, each call ends and the client can be closed. */
@SuppressWarnings("NullAway") // null is what code of others gives
class ClientTotalityTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            new Endpoint<>("Greeter.Hello", StringValue.class, StringValue.class, Endpoint.Kind.UNARY, true);
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    private static final Topic<StringValue> NEWS = Topic.of("news", StringValue.class);

    private static final int SEEDS = 1_500;
    /** Held, or it would be forgotten with its level: thousands of failures with their traces tell nobody anything. */
    private static final Logger QUIET = Logger.getLogger("dev.vertxmicro.client");

    private final ManualTimers timers = Timers.manual();

    @BeforeAll
    static void quiet() {
        QUIET.setLevel(Level.OFF);
        Logger.getLogger("dev.vertxmicro.message").setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        QUIET.setLevel(null);
        Logger.getLogger("dev.vertxmicro.message").setLevel(null);
    }

    private record ChaoticSelector(Chaos chaos) implements Selector {
        @Override
        public Future<Selection> select(String service, List<Filter> filters) {
            return chaos.future(() -> Future.succeededFuture(new ChaoticSelection(chaos)), true);
        }

        @Override
        public List<Node> nodes(String service) {
            return List.of();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private record ChaoticSelection(Chaos chaos) implements Selection {
        @Override
        public Node next() {
            return chaos.value(() -> new Node("n", "a:1", chaos.next(2) == 0 ? Map.of() : Map.of("protocol", "mucp")));
        }

        @Override
        public void done(Node node, Outcome outcome) {
            chaos.run(() -> {});
        }
    }

    private record ChaoticCodec(Chaos chaos) implements Codec {
        @Override
        public String contentType() {
            return "application/protobuf";
        }

        @Override
        public Buffer encode(Object message) {
            return chaos.value(() -> Codec.protobuf().encode(message));
        }

        @Override
        public <T> T decode(Buffer body, Class<T> type) {
            return chaos.value(() -> Codec.protobuf().decode(body, type));
        }
    }

    private record ChaoticInterceptor(Chaos chaos) implements ClientInterceptor {
        @Override
        public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
            return chaos.future(() -> next.exchange(context, request), false).map(answer -> chaos.value(() -> answer));
        }

        @Override
        public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                CallContext context, Request<Q, R> request, Opening next) {
            return chaos.future(() -> next.open(context, request), false).map(stream -> chaos.value(() -> stream));
        }

        @Override
        public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
            return chaos.future(() -> next.publish(context, topic, payload), false);
        }
    }

    private record ChaoticAttempts(Chaos chaos) implements AttemptInterceptor {
        @Override
        public <T> Future<T> intercept(
                NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
            return chaos.future(
                    () -> next.apply(context.withMetadata("Node", attempt.node().id())), false);
        }
    }

    private Message answer(Chaos chaos) {
        Buffer body = Codec.protobuf().encode(StringValue.of("hello"));
        return switch (chaos.next(5)) {
            case 0 -> null;
            case 1 -> new Message(Metadata.EMPTY, Buffer.buffer(new byte[] {(byte) 0xff, 1, 2}));
            case 2 -> new Message(Metadata.of("Micro-Error", "{\"id\":\"x\",\"code\":500"), body);
            default -> new Message(Metadata.EMPTY, body);
        };
    }

    private ClientOptions options(Chaos chaos) {
        return ClientOptions.DEFAULTS
                .withRetries(3)
                .withRetry((error, idempotent) -> chaos.value(() -> error.retryable() || chaos.next(2) == 0))
                .withBackoff(attempt -> chaos.value(() -> Duration.ofMillis(chaos.next(3) * 100L)));
    }

    private Client client(Chaos chaos, ChaoticTransport transport, Broker broker) {
        List<ClientInterceptor> interceptors = chaos.next(2) == 0 ? List.of() : List.of(new ChaoticInterceptor(chaos));
        Codecs codecs = Codecs.standard().with(new ChaoticCodec(chaos));
        return Client.create(
                options(chaos),
                new ClientParts(
                        transport,
                        codecs,
                        new ChaoticSelector(chaos),
                        broker,
                        timers,
                        interceptors,
                        chaos.next(2) == 0 ? List.of() : List.of(new ChaoticAttempts(chaos))));
    }

    /** A context that somebody cancels some time, perhaps with an action that throws. */
    private CallContext context(Chaos chaos) {
        if (chaos.next(3) > 0) {
            return CallContext.create();
        }
        Cancellation cancellation = new Cancellation();
        cancellation.onCancel(() -> chaos.run(() -> {}));
        timers.schedule(
                Duration.ofMillis(chaos.next(6_000)), () -> cancellation.cancel(MicroException.timeout("t", "enough")));
        return CallContext.create().withCancellation(cancellation);
    }

    private static void assertEnded(Future<?> call, String what) {
        assertThat(call.isComplete()).as(what).isTrue();
        if (call.failed()) {
            assertThat(call.cause()).as(what).isInstanceOf(MicroException.class);
        } else {
            assertThat(call.result()).as(what).isNotNull();
        }
    }

    private void assertCloses(Client client, String what) {
        Future<Void> closed = client.close();
        assertThat(closed.succeeded()).as("close " + what).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12})
    void endsEveryCallAndClosesWhateverFails(int oneIn) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Chaos chaos = new Chaos(seed, timers, oneIn);
            Client client = client(chaos, new ChaoticTransport(chaos, () -> answer(chaos)), Broker.inMemory(timers));
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                StringValue body = chaos.next(8) == 0 ? null : StringValue.of("davie");
                calls.add(client.exchange(context(chaos), Request.of("greeter", HELLO, body)));
            }
            timers.advance(Duration.ofSeconds(30));
            String what = "seed " + seed;
            calls.forEach(call -> assertEnded(call, what));
            assertCloses(client, what);
            assertThat(timers.pending()).as("timers left " + what).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 50})
    void endsEveryStreamAndClosesWhateverFails(int oneIn) {
        for (long seed = 0; seed < SEEDS; seed++) {
            Chaos chaos = new Chaos(seed, timers, oneIn);
            ChaoticTransport transport = new ChaoticTransport(chaos, () -> answer(chaos));
            Client client = client(chaos, transport, Broker.inMemory(timers));
            String what = "seed " + seed;
            CallContext context = context(chaos).withDeadline(timers.nanoTime() + 10_000_000_000L);
            Future<ClientStream<StringValue, StringValue>> opened =
                    client.stream(context, Request.of("greeter", CHAT, StringValue.getDefaultInstance()));
            List<Throwable> thrown = new ArrayList<>();
            opened.onSuccess(stream -> use(stream, chaos, transport, thrown));
            timers.advance(Duration.ofSeconds(chaos.next(20)));
            if (chaos.next(2) == 0) {
                transport.sockets.forEach(socket -> socket.closed.tryFail("reset by peer"));
            }
            assertCloses(client, what);
            timers.advance(Duration.ofSeconds(30)); // an interceptor may take its time
            assertEnded(opened, what);
            assertThat(thrown).as("thrown by the stream " + what).isEmpty();
        }
    }

    private void use(
            ClientStream<StringValue, StringValue> stream,
            Chaos chaos,
            ChaoticTransport transport,
            List<Throwable> thrown) {
        try {
            stream.onMessage(message -> chaos.run(() -> {}));
            for (int i = 0; i < 4; i++) {
                assertThat(stream.send(chaos.next(5) == 0 ? null : StringValue.of("a")))
                        .isNotNull();
                transport.sockets.get(transport.sockets.size() - 1).hear(answer(chaos));
            }
            assertThat(stream.end()).isNotNull();
        } catch (Throwable failure) {
            thrown.add(failure);
        }
    }

    @Test
    void endsEveryPublishWhateverFails() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Chaos chaos = new Chaos(seed, timers, 4);
            Broker broker = new ChaoticBroker(chaos, timers);
            Client client = client(chaos, new ChaoticTransport(chaos, () -> answer(chaos)), broker);
            CallContext context = context(chaos).withDeadline(timers.nanoTime() + 10_000_000_000L);
            Future<Void> published = client.publish(context, NEWS, chaos.next(8) == 0 ? null : StringValue.of("x"));
            timers.advance(Duration.ofSeconds(30));
            assertThat(published.isComplete()).as("seed " + seed).isTrue();
            if (published.failed()) {
                assertThat(published.cause()).as("seed " + seed).isInstanceOf(MicroException.class);
            }
            assertCloses(client, "seed " + seed);
        }
    }

    @Test
    void failsACallWithoutABody() {
        Client client = Client.create(
                ClientOptions.DEFAULTS,
                new ClientParts(
                        new ScriptedTransport(),
                        Codecs.standard(),
                        new ChaoticSelector(calm()),
                        Broker.inMemory(timers),
                        timers,
                        List.of()));
        Future<StringValue> call = client.call(Request.of("greeter", HELLO, null));
        assertThat(MicroException.text(call.cause()))
                .isEqualTo("{\"id\":\"go.micro.client.codec\",\"code\":500,\"detail\":\"request: null (expected: a"
                        + " message)\",\"status\":\"Internal Server Error\"}");
        assertCloses(client, "after a null body");
    }

    private Chaos calm() {
        return new Chaos(1, timers, Integer.MAX_VALUE / 5);
    }

    @Test
    void givesThePlaceBackWhenACallbackOfTheCallerThrows() {
        ScriptedTransport transport = new ScriptedTransport();
        Client client = Client.create(
                ClientOptions.DEFAULTS,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        new ChaoticSelector(calm()),
                        Broker.inMemory(timers),
                        timers,
                        List.of()));
        client.call(Request.of("greeter", HELLO, StringValue.of("x"))).onComplete(done -> {
            throw new AssertionError("in a callback");
        });
        transport.last().answer().fail(MicroException.badRequest("x", "no"));
        assertCloses(client, "after a callback that throws");
    }
}
