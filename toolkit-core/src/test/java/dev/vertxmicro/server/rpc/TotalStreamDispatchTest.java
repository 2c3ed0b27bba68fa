package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.OneRequestHandler;
import dev.vertxmicro.server.OneResponseHandler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in the handler of a stream or on the way to it: the stream ends, and the place goes back. */
class TotalStreamDispatchTest {
    private static final Buffer BODY = Codec.protobuf().encode(StringValue.of("x"));

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final Server server = Server.create(
            ServerOptions.defaults().withName("greeter").withAddress("127.0.0.1:9"),
            new ServerParts(transport, Registry.inMemory(timers), timers));
    private final List<String> ends = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();

    private static Endpoint<StringValue, StringValue> endpoint(Endpoint.Kind kind) {
        return new Endpoint<>("Greeter.Watch", StringValue.class, StringValue.class, kind, false);
    }

    private Socket open(String endpoint) {
        Metadata headers = Metadata.builder(2)
                .add("Micro-Endpoint", endpoint)
                .add("Micro-Stream", "1")
                .build();
        Future<Socket> opened = transport.open("127.0.0.1:9", new Message(headers, BODY), CallContext.create());
        Socket socket = opened.result();
        socket.onMessage(message -> messages.add(
                        message.headers().value("Micro-Error", message.body().toString())))
                .onEnd(trailer -> ends.add(trailer.value("Micro-Error", "")))
                .resume();
        socket.closed().onFailure(reset -> ends.add(reset.getMessage()));
        return socket;
    }

    @AfterEach
    void nothingRuns() {
        Mishap.LATER.clear();
        assertThat(server.statistics().running()).isZero();
        assertThat(server.statistics().abandoned()).isZero();
    }

    private void endedAs(Mishap mishap) {
        Mishap.later();
        String detail = mishap == Mishap.ANSWERS_NULL ? "handler answered null" : "internal error";
        assertThat(ends)
                .containsExactly(MicroException.internal("greeter", detail).toJson());
    }

    @ParameterizedTest
    @EnumSource
    void endsAStreamWhateverItsHandlerDoes(Mishap mishap) {
        server.handleStream(endpoint(Endpoint.Kind.BIDIRECTIONAL), (stream, context) -> mishap.happen());
        server.start();
        open("Greeter.Watch");
        endedAs(mishap);
    }

    @ParameterizedTest
    @EnumSource
    void endsAStreamOfOneRequestWhateverItsHandlerDoes(Mishap mishap) {
        server.handleStream(
                endpoint(Endpoint.Kind.SERVER_STREAM),
                OneRequestHandler.streaming((request, stream, context) -> mishap.happen()));
        server.start();
        open("Greeter.Watch").send(new Message(Metadata.EMPTY, BODY));
        endedAs(mishap);
    }

    @ParameterizedTest
    @EnumSource
    void endsAStreamOfOneResponseWhateverItsHandlerDoes(Mishap mishap) {
        server.handleStream(
                endpoint(Endpoint.Kind.CLIENT_STREAM),
                OneResponseHandler.streaming((stream, context) -> mishap.happen()));
        server.start();
        open("Greeter.Watch");
        endedAs(mishap);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAILS_LATER_WITH_AN_ERROR")
    void endsAStreamWhateverItsMessageHandlerThrows(Mishap mishap) {
        Promise<Void> never = Promise.promise();
        server.handleStream(endpoint(Endpoint.Kind.BIDIRECTIONAL), (stream, context) -> {
            stream.onMessage(message -> mishap.value());
            context.cancellation().onCancel(never::tryComplete);
            return never.future();
        });
        server.start();
        open("Greeter.Watch").send(new Message(Metadata.EMPTY, BODY));
        if (mishap == Mishap.ANSWERS_NULL) {
            never.complete(); // nobody looks at what a message handler gives
        } else {
            endedAs(mishap);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAILS_LATER_WITH_AN_ERROR")
    void failsASendWhateverTheCodecDoes(Mishap mishap) {
        Server odd = Server.create(
                ServerOptions.defaults().withAddress("127.0.0.1:10"),
                new ServerParts(
                        transport,
                        Codecs.standard().with(new MishapCodec(mishap)),
                        Registry.inMemory(timers),
                        dev.vertxmicro.broker.Broker.inMemory(timers),
                        timers,
                        Invoker.direct(),
                        address -> address,
                        List.of()));
        List<Throwable> failures = new ArrayList<>();
        odd.handleStream(endpoint(Endpoint.Kind.BIDIRECTIONAL), (stream, context) -> stream.send(StringValue.of("x"))
                .onFailure(failures::add));
        odd.start();
        Metadata headers = Metadata.builder(3)
                .add("Micro-Endpoint", "Greeter.Watch")
                .add("Micro-Stream", "1")
                .add("Content-Type", "text/odd")
                .build();
        transport.open("127.0.0.1:10", new Message(headers, BODY), CallContext.create());
        assertThat(failures).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("Unable to encode body"));
        assertThat(odd.statistics().running()).isZero();
    }

    /** Reads protobuf and writes amiss. */
    private record MishapCodec(Mishap mishap) implements Codec {
        @Override
        public String contentType() {
            return "text/odd";
        }

        @Override
        public Buffer encode(Object message) {
            return mishap.value();
        }

        @Override
        public <T> T decode(Buffer body, Class<T> type) {
            return Codec.protobuf().decode(body, type);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAStreamToAUnaryEndpointWhateverItsHandlerDoes(Mishap mishap) {
        server.handle(
                Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class),
                (request, context) -> mishap.happen());
        server.start();
        open("Greeter.Hello");
        Mishap.later();
        String detail = mishap == Mishap.ANSWERS_NULL ? "handler answered null" : "internal error";
        assertThat(messages)
                .containsExactly(MicroException.internal("greeter", detail).toJson());
        assertThat(ends).hasSize(1);
    }

    @Test
    void tellsTheHandlerOfAStreamThatIsAnsweredAsACallThatItsCallerHasGone() {
        Promise<StringValue> answer = Promise.promise();
        server.handle(Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class), (request, context) -> {
            context.cancellation()
                    .onCancel(() -> answer.fail(context.cancellation().cause()));
            return answer.future();
        });
        server.start();
        open("Greeter.Hello").reset(MicroException.timeout("test", "gone"));
        assertThat(answer.future().isComplete()).isTrue();
        assertThat(server.statistics().lateAnswers()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Greeter.Nope", "Greeter.Hello"})
    void readsOverWhatComesOnAStreamThatNobodyServes(String endpoint) {
        server.handle(
                Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class),
                (request, context) -> Future.succeededFuture(request));
        server.start();
        Socket socket = open(endpoint);
        assertThat(ends).hasSize(1);
        for (int i = 0; i < 10; i++) {
            socket.send(new Message(Metadata.EMPTY, BODY));
        }
        socket.end(Metadata.EMPTY);
        assertThat(socket.closed().succeeded()).isTrue();
    }
}
