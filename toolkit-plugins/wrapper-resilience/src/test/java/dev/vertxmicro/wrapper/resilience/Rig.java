package dev.vertxmicro.wrapper.resilience;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A client and servers of one service in memory, whose time stands still, with wrappers around one of them. */
final class Rig {
    static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> BYE =
            Endpoint.unary("Greeter.Bye", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    final ManualTimers timers = Timers.manual();
    final Transport transport = Transport.inMemory(timers);
    final Registry registry = Registry.inMemory(timers);
    final Broker broker = Broker.inMemory(timers);
    final List<String> handled = new ArrayList<>();
    final List<Promise<StringValue>> pending = new ArrayList<>();
    final List<CallContext> contexts = new ArrayList<>();
    final List<ServerStream<StringValue, StringValue>> streams = new ArrayList<>();
    final List<Promise<Void>> ends = new ArrayList<>();
    /** What a handler answers, where it answers at once. */
    Function<String, Future<StringValue>> answer = text -> Future.succeededFuture(StringValue.of("hello " + text));

    private Wrappers ofClient = Wrappers.NONE;
    private ClientOptions options = ClientOptions.DEFAULTS;

    Rig around(Wrapper... client) {
        ofClient = new Wrappers(List.of(client));
        return this;
    }

    Rig options(UnaryOperator<ClientOptions> changed) {
        options = changed.apply(options);
        return this;
    }

    Server serve(String address, Wrapper... wrappers) {
        Server server = Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(address),
                new ServerParts(
                        transport,
                        Codecs.standard(),
                        registry,
                        broker,
                        timers,
                        Invoker.direct(),
                        UnaryOperator.identity(),
                        new Wrappers(List.of(wrappers)).server()));
        server.handle(HELLO, (request, context) -> handle(address, request, context));
        server.handle(BYE, (request, context) -> handle(address, request, context));
        server.handleStream(CHAT, (stream, context) -> {
            contexts.add(context);
            streams.add(stream);
            Promise<Void> end = Promise.promise();
            ends.add(end);
            stream.onMessage(message -> handled.add(message.getValue())).resume();
            return end.future();
        });
        server.subscribe(EVENTS, (message, context) -> answer.apply(message.getValue())
                .onSuccess(done -> handled.add("event " + message.getValue()))
                .mapEmpty());
        server.start();
        return server;
    }

    private Future<StringValue> handle(String address, StringValue request, CallContext context) {
        handled.add(address + " " + request.getValue());
        contexts.add(context);
        return answer.apply(request.getValue());
    }

    /** Has handlers of calls wait for {@link #pending}. */
    Rig waiting() {
        answer = text -> {
            Promise<StringValue> promise = Promise.promise();
            pending.add(promise);
            return promise.future();
        };
        return this;
    }

    Rig failing(int code) {
        answer = text -> Future.failedFuture(MicroException.of("greeter", code, "no"));
        return this;
    }

    Client client() {
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        return Client.create(
                options,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        selector,
                        broker,
                        timers,
                        ofClient.client(),
                        ofClient.attempts()));
    }

    static Request<StringValue, StringValue> hello(String text) {
        return Request.of("greeter", HELLO, StringValue.of(text));
    }

    static Request<StringValue, StringValue> bye(String text) {
        return Request.of("greeter", BYE, StringValue.of(text));
    }

    static ClientStream<StringValue, StringValue> chat(Client client) {
        ClientStream<StringValue, StringValue> stream = client.stream(
                        CallContext.create(), Request.of("greeter", CHAT, StringValue.of("")))
                .result();
        return stream.onMessage(message -> {}).resume();
    }

    static int code(Future<?> call) {
        if (!call.isComplete()) {
            return -1;
        }
        return call.succeeded() ? 0 : ((MicroException) call.cause()).code();
    }

    static MicroException error(Future<?> call) {
        return (MicroException) call.cause();
    }

    void pass(Duration time) {
        timers.advance(time);
    }
}
