package dev.vertxmicro.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.OneRequestHandler;
import dev.vertxmicro.server.OneResponseHandler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams from a client to a server, over the memory transport. */
class StreamsTest {
    private static final Endpoint<StringValue, StringValue> TALK = endpoint("Greeter.Talk");
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS, new SelectorParts(registry, timers, new Random(1), transport::probe));
    private final Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
    private final List<String> received = new ArrayList<>();

    private static Endpoint<StringValue, StringValue> endpoint(String name) {
        return new Endpoint<>(name, StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    }

    private Server serve(StreamHandler<StringValue, StringValue> handler) {
        return serve(ServerOptions.defaults(), handler);
    }

    private Server serve(ServerOptions options, StreamHandler<StringValue, StringValue> handler) {
        Server server = Server.create(options.withName("greeter"), new ServerParts(transport, registry, timers))
                .handleStream(TALK, handler)
                .handle(HELLO, (request, context) -> Future.succeededFuture(request));
        assertThat(server.start().succeeded()).isTrue();
        return server;
    }

    private Future<ClientStream<StringValue, StringValue>> tryOpen(CallContext context, CallOptions options) {
        return client.stream(
                context,
                Request.of("greeter", TALK, StringValue.getDefaultInstance()).withOptions(options));
    }

    private ClientStream<StringValue, StringValue> open(CallContext context) {
        return open(context, CallOptions.DEFAULTS);
    }

    private ClientStream<StringValue, StringValue> open(CallContext context, CallOptions options) {
        ClientStream<StringValue, StringValue> stream =
                tryOpen(context, options).result();
        return stream.onMessage(message -> received.add(message.getValue()));
    }

    private ClientStream<StringValue, StringValue> open() {
        return open(CallContext.create());
    }

    private static StringValue text(String value) {
        return StringValue.of(value);
    }

    private static MicroException failure(Future<?> future) {
        assertThat(future.failed()).isTrue();
        return (MicroException) future.cause();
    }

    private static StreamHandler<StringValue, StringValue> echo() {
        return (stream, context) -> {
            stream.onMessage(stream::send);
            return stream.ended();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/protobuf", "application/json", "application/proto-rpc", "application/json-rpc"})
    void carriesMessagesBothWaysInEveryContentType(String contentType) {
        serve(echo());
        ClientStream<StringValue, StringValue> stream =
                open(CallContext.create(), CallOptions.DEFAULTS.withContentType(contentType));
        assertThat(stream.send(text("a")).succeeded()).isTrue();
        assertThat(stream.send(text("b")).succeeded()).isTrue();
        assertThat(received).containsExactly("a", "b");
        assertThat(stream.ended().isComplete()).isFalse();
        stream.end();
        assertThat(stream.ended().succeeded()).isTrue();
    }

    @Test
    void sendsManyResponsesToOneRequest() {
        serve(OneRequestHandler.streaming((request, stream, context) ->
                stream.send(text(request.getValue() + 1)).compose(sent -> stream.send(text(request.getValue() + 2)))));
        ClientStream<StringValue, StringValue> stream = open();
        stream.send(text("n"));
        assertThat(received).containsExactly("n1", "n2");
        assertThat(stream.ended().succeeded()).isTrue();
    }

    @Test
    void answersManyRequestsOnceWhenTheCallerEnds() {
        serve(OneResponseHandler.streaming((stream, context) -> {
            List<String> all = new ArrayList<>();
            stream.onMessage(message -> all.add(message.getValue()));
            return stream.ended().map(ended -> text(String.join(",", all)));
        }));
        ClientStream<StringValue, StringValue> stream = open();
        stream.send(text("a"));
        stream.send(text("b"));
        assertThat(received).isEmpty();
        stream.end();
        assertThat(received).containsExactly("a,b");
        assertThat(stream.ended().succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/protobuf", "application/proto-rpc", "application/json-rpc"})
    void tellsTheCallerTheErrorThatEndsAStreamAfterItsMessages(String contentType) {
        MicroException error = MicroException.of("greeter", 418, "short and stout");
        serve(OneRequestHandler.streaming(
                (request, stream, context) -> stream.send(text("one")).compose(sent -> Future.failedFuture(error))));
        ClientStream<StringValue, StringValue> stream =
                open(CallContext.create(), CallOptions.DEFAULTS.withContentType(contentType));
        stream.send(text("x"));
        assertThat(received).containsExactly("one");
        MicroException told = failure(stream.ended());
        assertThat(told.text()).isEqualTo(error.text());
        assertThat(told.remote()).isTrue();
    }

    @Test
    void hidesWhatAHandlerThrows() {
        serve((stream, context) -> {
            throw new IllegalStateException("password is 123");
        });
        MicroException told = failure(open().ended());
        assertThat(told.code()).isEqualTo(500);
        assertThat(told.id()).isEqualTo("greeter");
        assertThat(told.detail()).isEqualTo("internal error");
    }

    @Test
    void hidesWhatAMessageHandlerThrowsAndCancelsTheStream() {
        List<CallContext> contexts = new ArrayList<>();
        serve((stream, context) -> {
            contexts.add(context);
            stream.onMessage(message -> {
                throw new IllegalStateException("password is 123");
            });
            return stream.ended();
        });
        ClientStream<StringValue, StringValue> stream = open();
        stream.send(text("x"));
        assertThat(failure(stream.ended()).detail()).isEqualTo("internal error");
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
    }

    @Test
    void refusesAMessageThatCannotBeRead() {
        serve(echo());
        Endpoint<Object, StringValue> loose =
                new Endpoint<>("Greeter.Talk", Object.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
        ClientStream<Object, StringValue> wrong = client.stream(
                        CallContext.create(),
                        Request.of("greeter", loose, (Object) List.of())
                                .withOptions(CallOptions.DEFAULTS.withContentType("application/json")))
                .result();
        wrong.send(Map.of("no", "string"));
        assertThat(failure(wrong.ended()).code()).isEqualTo(400);
    }

    @Test
    void passesMetadataAndShowsTheTimeoutWithoutEnforcingIt() {
        List<CallContext> contexts = new ArrayList<>();
        serve((stream, context) -> {
            contexts.add(context);
            return stream.ended();
        });
        ClientStream<StringValue, StringValue> stream =
                open(CallContext.create().withMetadata("Tenant", "a"));
        assertThat(contexts.get(0).metadata().value("tenant", "")).isEqualTo("a");
        assertThat(contexts.get(0).metadata().value("Timeout", "")).isEqualTo("5000000000");
        assertThat(contexts.get(0).hasDeadline()).isFalse();
        timers.advance(Duration.ofMinutes(1));
        assertThat(stream.ended().isComplete()).isFalse();
    }

    @Test
    void enforcesADeadlineOnBothSides() {
        List<CallContext> contexts = new ArrayList<>();
        serve((stream, context) -> {
            contexts.add(context);
            return Promise.<Void>promise().future();
        });
        int before = timers.pending();
        ClientStream<StringValue, StringValue> stream =
                open(CallContext.create().withDeadline(timers.nanoTime() + 1_000_000_000L));
        assertThat(contexts.get(0).deadline()).isEqualTo(timers.nanoTime() + 1_000_000_000L);
        timers.advance(Duration.ofSeconds(1));
        assertThat(failure(stream.ended()).code()).isEqualTo(408);
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
        timers.advance(Duration.ofSeconds(1)); // the handler runs on, which is logged then
        assertThat(timers.pending()).isEqualTo(before);
    }

    @Test
    void endsAtItsDeadlineWhateverTheServerDoes() {
        String address = transport
                .listener("127.0.0.1:0")
                .onStream((first, socket, peer) -> {})
                .listen()
                .result();
        CallContext second = CallContext.create().withDeadline(timers.nanoTime() + 1_000_000_000L);
        ClientStream<StringValue, StringValue> stream = open(second, CallOptions.DEFAULTS.withAddresses(address));
        timers.advance(Duration.ofSeconds(1));
        assertThat(failure(stream.ended()).detail()).isEqualTo("context deadline exceeded");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void isEndedByTheServerAtItsDeadlineWhateverTheCallerDoes() {
        Server server = serve((stream, context) -> Promise.<Void>promise().future());
        Metadata headers = Metadata.of("Micro-Endpoint", "Greeter.Talk")
                .with("Micro-Stream", "1")
                .with("Micro-Deadline", "1000000000");
        List<String> ends = new ArrayList<>();
        transport
                .open(server.address(), new Message(headers, Buffer.buffer()), CallContext.create())
                .onSuccess(socket -> socket.onEnd(trailer -> ends.add(trailer.value("Micro-Error", ""))));
        timers.advance(Duration.ofSeconds(1));
        assertThat(ends).hasSize(1);
        assertThat(MicroException.parse(ends.get(0)).code()).isEqualTo(408);
    }

    @Test
    void refusesToOpenAfterTheDeadlineOrACancel() {
        serve(echo());
        CallContext late = CallContext.create().withDeadline(timers.nanoTime());
        assertThat(failure(tryOpen(late, CallOptions.DEFAULTS)).code()).isEqualTo(408);
        Cancellation cancelled = new Cancellation();
        cancelled.cancel(MicroException.timeout("test", "enough"));
        CallContext given = CallContext.create().withCancellation(cancelled);
        assertThat(failure(tryOpen(given, CallOptions.DEFAULTS)).code()).isEqualTo(408);
    }

    @Test
    void tellsTheHandlerThatTheCallerCancelled() {
        List<CallContext> contexts = new ArrayList<>();
        serve((stream, context) -> {
            contexts.add(context);
            return Promise.<Void>promise().future();
        });
        Cancellation caller = new Cancellation();
        ClientStream<StringValue, StringValue> stream =
                open(CallContext.create().withCancellation(caller));
        caller.cancel(MicroException.timeout("test", "enough"));
        assertThat(failure(stream.ended()).detail()).isEqualTo("context canceled");
        assertThat(contexts.get(0).cancellation().isCancelled()).isTrue();
        assertThat(failure(stream.send(text("late")))).isNotNull();
    }

    @Test
    void triesAnotherNodeOnlyIfTheFirstCouldNotBeOpened() {
        Server server = serve(echo());
        CallOptions twoNodes = CallOptions.DEFAULTS.withAddresses("127.0.0.1:1", server.address());
        Future<ClientStream<StringValue, StringValue>> opened = tryOpen(CallContext.create(), twoNodes);
        timers.advance(Duration.ofMillis(10));
        opened.result().onMessage(message -> received.add(message.getValue())).send(text("a"));
        assertThat(received).containsExactly("a");
    }

    @Test
    void failsForAnUnknownServiceAndAnUnknownEndpoint() {
        assertThat(failure(tryOpen(CallContext.create(), CallOptions.DEFAULTS)).detail())
                .contains("not found");
        serve(echo());
        Request<StringValue, StringValue> unknown = Request.of("greeter", endpoint("Greeter.No"), text(""));
        ClientStream<StringValue, StringValue> stream =
                client.stream(CallContext.create(), unknown).result();
        assertThat(failure(stream.ended()).detail()).isEqualTo("rpc: can't find method No");
    }

    @Test
    void answersAStreamToAUnaryEndpointAsACall() {
        serve(echo());
        ClientStream<StringValue, StringValue> stream = client.stream(
                        CallContext.create(), Request.of("greeter", HELLO, text("hi")))
                .result();
        stream.onMessage(message -> received.add(message.getValue()));
        assertThat(received).containsExactly("hi");
    }

    @Test
    void refusesACallToAStreamClearly() {
        serve(echo());
        Endpoint<StringValue, StringValue> unary = Endpoint.unary("Greeter.Talk", StringValue.class, StringValue.class);
        MicroException error = failure(client.call(Request.of("greeter", unary, text(""))));
        assertThat(error.code()).isEqualTo(400);
        assertThat(error.detail()).startsWith("Greeter.Talk streams");
    }

    @Test
    void countsStreamsAsCalls() {
        serve(ServerOptions.defaults().withMaxConcurrentCalls(1), echo());
        ClientStream<StringValue, StringValue> first = open();
        assertThat(failure(open().ended()).code()).isEqualTo(503);
        first.end();
        ClientStream<StringValue, StringValue> third = open();
        assertThat(third.ended().isComplete()).isFalse();
    }

    @Test
    void waitsForStreamsWhenTheServerStops() {
        Server server = serve(echo());
        ClientStream<StringValue, StringValue> stream = open();
        Future<Void> stopped = server.stop();
        assertThat(stopped.isComplete()).isFalse();
        assertThat(failure(tryOpen(CallContext.create(), CallOptions.DEFAULTS.withAddresses(server.address()))
                                .result()
                                .ended())
                        .code())
                .isEqualTo(503);
        stream.end();
        assertThat(stopped.succeeded()).isTrue();
    }

    @Test
    void givesStreamsUpWhenTheClientCloses() {
        serve(echo());
        ClientStream<StringValue, StringValue> stream = open();
        assertThat(client.close().succeeded()).isTrue();
        assertThat(failure(stream.ended()).detail()).isEqualTo("client is closed");
        assertThat(failure(tryOpen(CallContext.create(), CallOptions.DEFAULTS)).detail())
                .isEqualTo("client is closed");
    }
}
