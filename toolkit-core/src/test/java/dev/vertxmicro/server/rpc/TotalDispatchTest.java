package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens in a handler or on the way to it: there is an answer, and the place goes back. */
class TotalDispatchTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Buffer BODY = Codec.protobuf().encode(StringValue.of("x"));

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Broker broker = Broker.inMemory(timers);
    private Codecs codecs = Codecs.standard();
    private Invoker invoker = Invoker.direct();
    private List<ServerInterceptor> interceptors = List.of();

    private Server server() {
        Registry registry = Registry.inMemory(timers);
        ServerParts parts = new ServerParts(
                transport, codecs, registry, broker, timers, invoker, UnaryOperator.identity(), interceptors);
        return Server.create(ServerOptions.defaults().withName("greeter").withMaxConcurrentCalls(1), parts);
    }

    private Server started(Handler<StringValue, StringValue> handler) {
        Server server = server().handle(HELLO, handler);
        assertThat(server.start().succeeded()).isTrue();
        return server;
    }

    private static Future<StringValue> echo(StringValue request, CallContext context) {
        return Future.succeededFuture(request);
    }

    private MicroException error(String contentType, Buffer body) {
        Metadata headers = Metadata.builder(3)
                .add("Content-Type", contentType)
                .add("Micro-Endpoint", HELLO.name())
                .add("Micro-Id", "7")
                .build();
        return error(new Message(headers, body));
    }

    /** Gives the error that answers a request. */
    private MicroException error(Message request) {
        Future<Message> answer = transport.handler.handle(request, new Peer("10.0.0.1:99", ":0"), new Cancellation());
        Mishap.later();
        assertThat(answer.succeeded()).as("answered").isTrue();
        return MicroException.parse(answer.result().headers().value("Micro-Error", ""));
    }

    private static void nothingRuns(Server server) {
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).isZero();
    }

    @AfterEach
    void forget() {
        Mishap.LATER.clear();
    }

    private static void internal(Mishap mishap, MicroException told) {
        String detail = mishap == Mishap.ANSWERS_NULL ? "handler answered null" : "internal error";
        assertThat(told.toJson())
                .isEqualTo(MicroException.internal("greeter", detail).toJson());
    }

    @ParameterizedTest
    @EnumSource
    void answersWhateverAHandlerDoes(Mishap mishap) {
        Server server = started((request, context) -> mishap.happen());
        internal(mishap, error("application/protobuf", BODY));
        nothingRuns(server);
    }

    @ParameterizedTest
    @EnumSource
    void answersWhateverAnInvokerDoes(Mishap mishap) {
        invoker = new Invoker() {
            @Override
            public <T> Future<T> invoke(Supplier<Future<T>> handler) {
                return mishap.happen();
            }
        };
        Server server = started(TotalDispatchTest::echo);
        internal(mishap, error("application/protobuf", BODY));
        nothingRuns(server);
    }

    @ParameterizedTest
    @EnumSource
    void answersWhateverAnInterceptorDoes(Mishap mishap) {
        interceptors = List.of(new ServerInterceptor.OfCalls() {
            @Override
            public <Q, R> Future<R> intercept(
                    Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
                return mishap.happen();
            }
        });
        Server server = started(TotalDispatchTest::echo);
        internal(mishap, error("application/protobuf", BODY));
        nothingRuns(server);
    }

    @ParameterizedTest
    @EnumSource
    void showsInterceptorsAFailureWhateverTheHandlerDoes(Mishap mishap) {
        interceptors = List.of(new ServerInterceptor.OfCalls() {
            @Override
            public <Q, R> Future<R> intercept(
                    Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
                return next.handle(request, context)
                        .recover(failure -> Future.failedFuture(MicroException.notFound("seen", "by interceptor")));
            }
        });
        Server server = started((request, context) -> mishap.happen());
        assertThat(error("application/protobuf", BODY).id()).isEqualTo("seen");
        nothingRuns(server);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAILS_LATER_WITH_AN_ERROR")
    void answersWhateverACodecDoesWhenItReads(Mishap mishap) {
        codecs = codecs.with(new OddCodec(mishap, true));
        Server server = started(TotalDispatchTest::echo);
        assertThat(error("text/odd", BODY).code()).isEqualTo(500);
        nothingRuns(server);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAILS_LATER_WITH_AN_ERROR")
    void answersWhateverACodecDoesWhenItWrites(Mishap mishap) {
        codecs = codecs.with(new OddCodec(mishap, false));
        Server server = started(TotalDispatchTest::echo);
        assertThat(error("text/odd", BODY).code()).isEqualTo(500);
        nothingRuns(server);
    }

    /** Reads or writes amiss. */
    private record OddCodec(Mishap mishap, boolean reading) implements Codec {
        @Override
        public String contentType() {
            return "text/odd";
        }

        @Override
        public Buffer encode(Object message) {
            return reading ? Codec.protobuf().encode(message) : mishap.value();
        }

        @Override
        public <T> T decode(Buffer body, Class<T> type) {
            return reading ? mishap.value() : Codec.protobuf().decode(body, type);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAnEventWhateverItsSubscriberDoes(Mishap mishap) {
        Server server = server().subscribe("events", StringValue.class, (message, context) -> mishap.happen());
        server.start();
        MicroException told = error(new Message(Metadata.of("Micro-Topic", "events"), BODY));
        assertThat(told.detail()).startsWith("subscriber error");
        nothingRuns(server);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheNextEventOfABrokerToASubscriberWhateverItDidWithTheLast(Mishap mishap) {
        int[] taken = {0};
        Server server = server().subscribe("events", StringValue.class, (message, context) -> {
            taken[0]++;
            return message.getValue().equals("x") ? mishap.happen() : Future.succeededFuture();
        });
        server.start();
        broker.publish("events", new Message(Metadata.EMPTY, BODY));
        broker.publish("events", new Message(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of("y"))));
        for (int i = 0; i < 1000; i++) {
            Mishap.later();
            timers.advance(java.time.Duration.ofSeconds(1));
        }
        assertThat(taken[0]).isGreaterThan(1);
        nothingRuns(server);
    }

    @Test
    void answersNullInPlaceOfAResponse() {
        Server server = started((request, context) -> Future.succeededFuture());
        internal(Mishap.ANSWERS_NULL, error("application/protobuf", BODY));
        nothingRuns(server);
    }

    @Test
    void answersWhereTheResponseMetadataCannotBeBuilt() {
        Server server = started((request, context) -> {
            context.addResponseMetadata("Name", nothing());
            return echo(request, context);
        });
        assertThat(error("application/protobuf", BODY).code()).isEqualTo(500);
        nothingRuns(server);
    }

    @SuppressWarnings("NullAway") // users' code is not always checked
    private static String nothing() {
        return null;
    }
}
