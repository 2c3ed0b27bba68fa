package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.message.ThreadScope;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Interceptors of a server see calls, streams and messages, before the invoker and also where there is no handler. */
class ServerInterceptorTest {
    private static final String ADDRESS = "127.0.0.1:9";
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final List<String> seen = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final ServerParts parts = new ServerParts(transport, Registry.inMemory(timers), timers);
    private Server server = server();

    /** Writes down what it sees. */
    private record Seeing(String name, List<String> seen) implements ServerInterceptor {
        private String line(String what, CallContext context) {
            return name + " " + what + (ServerInterceptor.refused(context) ? " refused" : "");
        }

        @Override
        public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
            seen.add(line(endpoint.name(), context));
            return next.handle(request, context).onFailure(failure -> seen.add(name + " failed"));
        }

        @Override
        public <Q, R> Future<Void> interceptStream(
                Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
            seen.add(line(endpoint.name(), context));
            return next.handle(new SeenStream<>(stream, seen), context).onComplete(ended -> seen.add(name + " ended"));
        }

        @Override
        public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
            seen.add(line(topic.name(), context));
            return next.handle(message, context);
        }
    }

    private static final class SeenStream<Q, R> extends ForwardingServerStream<Q, R> {
        private final List<String> seen;

        SeenStream(ServerStream<Q, R> next, List<String> seen) {
            super(next);
            this.seen = seen;
        }

        @Override
        public Future<Void> send(R message) {
            seen.add("out");
            return super.send(message);
        }

        @Override
        public ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler) {
            super.onMessage(message -> {
                seen.add("in");
                handler.handle(message);
            });
            return this;
        }
    }

    private Server server(ServerInterceptor... interceptors) {
        Invoker invoker = new Invoker() {
            @Override
            public <T> Future<T> invoke(Supplier<Future<T>> handler) {
                seen.add("invoked");
                return Invoker.attempt(handler);
            }
        };
        return Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
                new ServerParts(
                        transport,
                        parts.codecs(),
                        parts.registry(),
                        parts.broker(),
                        timers,
                        invoker,
                        parts.advertise(),
                        List.of(interceptors)));
    }

    private void started(ServerInterceptor... interceptors) {
        server = server(interceptors);
        server.handle(HELLO, (request, context) -> {
            answers.add(Principal.of(context).map(Principal::toString).orElse("nobody"));
            return Future.succeededFuture(StringValue.of("hello " + request.getValue()));
        });
        server.handleStream(CHAT, (stream, context) -> {
            stream.onMessage(message -> stream.send(StringValue.of("you said " + message.getValue())));
            return stream.ended();
        });
        server.subscribe("events", StringValue.class, (message, context) -> {
            answers.add(message.getValue());
            return Future.succeededFuture();
        });
        server.start();
    }

    @AfterEach
    void nothingRuns() {
        assertThat(server.statistics().running()).isZero();
    }

    private String call(String endpoint, Buffer body) {
        Message request = new Message(
                Metadata.builder(2)
                        .add("Content-Type", "application/protobuf")
                        .add("Micro-Endpoint", endpoint)
                        .build(),
                body);
        Message answer =
                transport.request(ADDRESS, request, CallContext.create()).result();
        return answer.headers().value("Micro-Error", answer.body().toString());
    }

    private Socket open(String endpoint) {
        Metadata headers = Metadata.builder(2)
                .add("Micro-Endpoint", endpoint)
                .add("Micro-Stream", "1")
                .build();
        Socket socket = transport
                .open(ADDRESS, new Message(headers, body("x")), CallContext.create())
                .result();
        socket.onMessage(message -> answers.add(message.headers().value("Micro-Error", "message")))
                .onEnd(trailer -> answers.add(trailer.value("Micro-Error", "")))
                .resume();
        return socket;
    }

    private static Buffer body(String text) {
        return Codec.protobuf().encode(StringValue.of(text));
    }

    @Test
    void seeCallsFirstOutermostBeforeTheInvoker() {
        started(new Seeing("outer", seen), new Seeing("inner", seen));
        assertThat(call("Greeter.Hello", body("davie"))).contains("hello davie");
        assertThat(seen).containsExactly("outer Greeter.Hello", "inner Greeter.Hello", "invoked");
    }

    @Test
    void seeStreamsWithTheirMessagesAndTheirEnd() {
        started(new Seeing("one", seen));
        Socket socket = open("Greeter.Chat");
        socket.send(new Message(Metadata.EMPTY, body("hi")));
        socket.end(Metadata.EMPTY);
        assertThat(seen).containsExactly("one Greeter.Chat", "invoked", "in", "out", "one ended");
        assertThat(answers).contains("message");
    }

    @Test
    void seeMessagesToSubscribers() {
        started(new Seeing("one", seen));
        parts.broker().publish("events", new Message(Metadata.of("Content-Type", "application/protobuf"), body("hi")));
        assertThat(seen).containsExactly("one events", "invoked");
        assertThat(answers).containsExactly("hi");
    }

    @Test
    void seeCallsForWhichThereIsNoHandler() {
        started(new Seeing("one", seen));
        assertThat(call("Greeter.Bye", body("x"))).contains("can't find method Bye");
        assertThat(call("nonsense", body("x"))).contains("ill-formed: nonsense");
        assertThat(seen)
                .containsExactly("one Greeter.Bye refused", "one failed", "one Unknown.Unknown refused", "one failed");
    }

    @Test
    void seeRequestsThatCannotBeDecoded() {
        started(new Seeing("one", seen));
        assertThat(MicroException.parse(call("Greeter.Hello", Buffer.buffer(new byte[] {(byte) 0xff, 1})))
                        .code())
                .isEqualTo(400);
        assertThat(seen).containsExactly("one Greeter.Hello refused", "one failed");
    }

    @Test
    void seeStreamsForWhichThereIsNoHandler() {
        started(new Seeing("one", seen));
        open("Greeter.Listen");
        assertThat(answers.toString()).contains("can't find method Listen");
        assertThat(seen).containsExactly("one Greeter.Listen refused", "one ended");
    }

    @Test
    void refuseWhateverTheyGuardBeforeAnyoneLearnsWhatThereIs() {
        MicroException no = MicroException.of("greeter", 401, "who are you");
        started(new ServerInterceptor() {
            @Override
            public <Q, R> Future<R> intercept(
                    Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
                throw no;
            }

            @Override
            public <Q, R> Future<Void> interceptStream(
                    Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
                return Future.failedFuture(no);
            }

            @Override
            public <M> Future<Void> interceptMessage(
                    Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
                return Future.failedFuture(no);
            }
        });
        assertThat(call("Greeter.Hello", body("x"))).contains("who are you");
        assertThat(call("Greeter.Bye", body("x"))).contains("who are you");
        open("Greeter.Chat");
        open("Greeter.Listen");
        assertThat(answers).hasSize(2).allMatch(answer -> answer.contains("who are you"));
        assertThat(seen).as("invoked").isEmpty();
    }

    @Test
    void scopesAreEnteredWhereHandlersRun() {
        started(new ServerInterceptor() {
            private CallContext scoped(CallContext context) {
                return ThreadScope.within(context, () -> {
                    seen.add("entered");
                    return () -> seen.add("left");
                });
            }

            @Override
            public <Q, R> Future<R> intercept(
                    Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
                return next.handle(request, scoped(context));
            }

            @Override
            public <Q, R> Future<Void> interceptStream(
                    Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
                return next.handle(stream, scoped(context));
            }

            @Override
            public <M> Future<Void> interceptMessage(
                    Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
                return next.handle(message, scoped(context));
            }
        });
        call("Greeter.Hello", body("x"));
        open("Greeter.Chat").end(Metadata.EMPTY);
        parts.broker().publish("events", new Message(Metadata.of("Content-Type", "application/protobuf"), body("hi")));
        assertThat(seen)
                .containsExactly(
                        "invoked", "entered", "left", "invoked", "entered", "left", "invoked", "entered", "left");
    }

    @Test
    void tellHandlersWhoCalls() {
        Principal davie = new Principal("davie", "jwt", Set.of("greet"), Set.of(), new JsonObject());
        started(new ServerInterceptor.OfCalls() {
            @Override
            public <Q, R> Future<R> intercept(
                    Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
                return next.handle(request, davie.in(context));
            }
        });
        call("Greeter.Hello", body("x"));
        assertThat(answers).containsExactly("jwt:davie");
    }
}
