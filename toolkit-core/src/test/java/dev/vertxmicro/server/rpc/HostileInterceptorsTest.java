package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
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
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interceptors that do with the handler behind them what they like: there is an answer, and each handler is counted until its end. */
class HostileInterceptorsTest {
    private static final String ADDRESS = "127.0.0.1:9";
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final List<Promise<?>> handlers = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    /** What is done with a handler. */
    private enum Deed {
        NEVER_ASKS(0),
        ASKS_AND_THROWS(1),
        ASKS_AND_GIVES_NULL(1),
        ASKS_TWICE(2),
        ASKS_AND_FAILS(1),
        ASKS_WITH_NOTHING(0),
        ASKS_AND_FORGETS(1);

        private final int handlers;

        Deed(int handlers) {
            this.handlers = handlers;
        }

        boolean isAnsweredAtOnce() {
            return this != NEVER_ASKS && this != ASKS_TWICE && this != ASKS_AND_FORGETS;
        }

        @SuppressWarnings("NullAway") // null is tried
        <T> Future<T> with(Supplier<Future<T>> next, Supplier<Future<T>> nothing) {
            return switch (this) {
                case NEVER_ASKS -> Promise.<T>promise().future();
                case ASKS_AND_THROWS -> {
                    Future<T> unused = next.get();
                    throw new StackOverflowError("deep");
                }
                case ASKS_AND_GIVES_NULL -> {
                    Future<T> unused = next.get();
                    yield null;
                }
                case ASKS_TWICE -> {
                    Future<T> first = next.get();
                    yield next.get().compose(second -> first);
                }
                case ASKS_AND_FAILS -> {
                    Future<T> unused = next.get();
                    yield Future.failedFuture(MicroException.of("greeter", 418, "no"));
                }
                case ASKS_WITH_NOTHING -> nothing.get();
                case ASKS_AND_FORGETS -> {
                    Future<T> unused = next.get();
                    yield Promise.<T>promise().future();
                }
            };
        }
    }

    private record Hostile(Deed deed) implements ServerInterceptor {
        @Override
        @SuppressWarnings("NullAway") // that is what is tried
        public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
            return deed.with(() -> next.handle(request, context), () -> next.handle(null, null));
        }

        @Override
        @SuppressWarnings("NullAway") // that is what is tried
        public <Q, R> Future<Void> interceptStream(
                Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
            return deed.with(() -> next.handle(stream, context), () -> next.handle(null, null));
        }

        @Override
        @SuppressWarnings("NullAway") // that is what is tried
        public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
            return deed.with(() -> next.handle(message, context), () -> next.handle(null, null));
        }
    }

    private <T> Future<T> hanging() {
        Promise<T> handler = Promise.promise();
        handlers.add(handler);
        return handler.future();
    }

    private Server served(Deed deed) {
        ServerParts plain = new ServerParts(transport, Registry.inMemory(timers), timers);
        Server server = Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
                new ServerParts(
                        transport,
                        Codecs.standard(),
                        plain.registry(),
                        plain.broker(),
                        timers,
                        Invoker.direct(),
                        plain.advertise(),
                        List.of(new Hostile(deed))));
        server.handle(HELLO, (request, context) -> hanging());
        server.handleStream(CHAT, (stream, context) -> hanging());
        server.subscribe("events", StringValue.class, (message, context) -> hanging());
        server.start();
        return server;
    }

    private static Message message(String... headers) {
        Metadata.Builder all = Metadata.builder(4)
                .add("Content-Type", "application/protobuf")
                .add("Timeout", "1000000000")
                .add("Micro-Deadline", "1000000000");
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return new Message(all.build(), Codec.protobuf().encode(StringValue.of("x")));
    }

    private void leaves(Server server, Deed deed) {
        assertThat(answers).hasSize(deed.isAnsweredAtOnce() ? 1 : 0);
        assertThat(handlers).hasSize(deed.handlers);
        assertThat(server.statistics().running() + server.statistics().abandoned())
                .as("one call, or none")
                .isEqualTo(deed.isAnsweredAtOnce() && deed.handlers == 0 ? 0 : 1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(answers).hasSize(1).allMatch(answer -> !answer.isEmpty());
        assertThat(server.statistics().running()).isZero();
        handlers.forEach(handler -> handler.tryFail("late"));
        boolean endless = deed == Deed.NEVER_ASKS || deed == Deed.ASKS_AND_FORGETS;
        assertThat(server.statistics().abandoned()).isEqualTo(endless ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void ofCalls(Deed deed) {
        Server server = served(deed);
        transport
                .request(ADDRESS, message("Micro-Endpoint", "Greeter.Hello"), CallContext.create())
                .onSuccess(answer -> answers.add(answer.headers().value("Micro-Error", "")));
        leaves(server, deed);
    }

    @ParameterizedTest
    @EnumSource
    void ofStreams(Deed deed) {
        Server server = served(deed);
        Socket socket = transport
                .open(ADDRESS, message("Micro-Endpoint", "Greeter.Chat", "Micro-Stream", "1"), CallContext.create())
                .result();
        socket.onMessage(message -> {})
                .onEnd(trailer -> answers.add(trailer.value("Micro-Error", "")))
                .resume();
        leaves(server, deed);
    }

    @ParameterizedTest
    @EnumSource
    void ofMessages(Deed deed) {
        Server server = served(deed);
        transport
                .request(ADDRESS, message("Micro-Topic", "events"), CallContext.create())
                .onSuccess(answer -> answers.add(answer.headers().value("Micro-Error", "")));
        leaves(server, deed);
    }
}
