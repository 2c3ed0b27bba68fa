package dev.vertxmicro.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.EventHandler;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscribersTest {
    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Broker broker = Broker.inMemory(timers);
    private final List<String> heard = new ArrayList<>();

    private Server server(ServerInterceptor... interceptors) {
        ServerParts parts = new ServerParts(
                transport,
                Codecs.standard(),
                Registry.inMemory(timers),
                broker,
                timers,
                Invoker.direct(),
                UnaryOperator.identity(),
                List.of(interceptors));
        ServerOptions options = ServerOptions.defaults().withName("greeter").withId("1");
        return Server.create(options, parts);
    }

    private EventHandler<StringValue> hears(String who) {
        return (message, context) -> {
            heard.add(who + " " + message.getValue());
            return Future.succeededFuture();
        };
    }

    private Message publish(String topic, String contentType, Buffer body) {
        Metadata headers = Metadata.from(
                Map.of("Micro-Topic", topic, "Content-Type", contentType, "Micro-Id", "u-1", "Timeout", "1000000"));
        Future<Message> answer = transport.handler.handle(new Message(headers, body), Peer.UNKNOWN, new Cancellation());
        assertThat(answer.succeeded()).isTrue();
        return answer.result();
    }

    private Message publish(String topic, String value) {
        Buffer body = Buffer.buffer(StringValue.of(value).toByteArray());
        return publish(topic, "application/protobuf", body);
    }

    private static String error(Message answer) {
        return answer.headers().value("Micro-Error", "");
    }

    @Test
    void givesEveryHandlerAMessageOnceAndAnswersNothing() {
        server().subscribe("events", StringValue.class, hears("one"))
                .subscribe("events", StringValue.class, hears("two"))
                .subscribe("others", StringValue.class, hears("other"))
                .start();
        Message answer = publish("events", "x");
        assertThat(heard).containsExactly("one x", "two x");
        assertThat(answer.body().length()).isZero();
        assertThat(answer.headers().toMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("Micro-Id", "u-1", "X-Micro-Id", "u-1"));
    }

    @Test
    void answersAnUnknownTopicAsGoMicroDoes() {
        server().start();
        assertThat(error(publish("nobody", "x"))).isEmpty();
    }

    @Test
    void prefersTheTopicToAnEndpointAsGoMicroDoes() {
        server().subscribe("events", StringValue.class, hears("one")).start();
        Metadata headers = Metadata.of("Micro-Topic", "events").with("Micro-Endpoint", "Greeter.Hello");
        transport.handler.handle(new Message(headers, Buffer.buffer()), Peer.UNKNOWN, new Cancellation());
        assertThat(heard).containsExactly("one ");
    }

    @ParameterizedTest
    @CsvSource({"application/json,'\"x\"'", "application/json-rpc,'\"x\"'", "application/json;charset=utf-8,'\"x\"\n'"})
    void readsTheBarePayloadWhateverTheEnvelope(String contentType, String body) {
        server().subscribe("events", StringValue.class, hears("one")).start();
        assertThat(error(publish("events", contentType, Buffer.buffer(body)))).isEmpty();
        Buffer protobuf = Buffer.buffer(StringValue.of("y").toByteArray());
        assertThat(error(publish("events", "application/proto-rpc", protobuf))).isEmpty();
        assertThat(heard).containsExactly("one x", "one y");
    }

    @Test
    void joinsWhatWentWrongInGoMicrosWords() {
        server().subscribe("events", StringValue.class, (message, context) -> {
                    throw new IllegalStateException("jdbc:secret");
                })
                .subscribe("events", StringValue.class, hears("one"))
                .subscribe(
                        "events",
                        StringValue.class,
                        (message, context) -> Future.failedFuture(MicroException.parse("plainly wrong")))
                .start();
        MicroException error = MicroException.parse(error(publish("events", "x")));
        assertThat(heard).containsExactly("one x");
        assertThat(error.id()).isEqualTo("go.micro.server");
        assertThat(error.code()).isEqualTo(500);
        assertThat(error.detail())
                .isEqualTo("subscriber error: "
                        + MicroException.internal("greeter", "internal error").toJson() + "\nplainly wrong");
    }

    @Test
    void refusesAPayloadThatCannotBeRead() {
        server().subscribe("events", StringValue.class, hears("one")).start();
        assertThat(error(publish("events", "application/json", Buffer.buffer("{"))))
                .contains("subscriber error: json: ");
        assertThat(MicroException.parse(error(publish("events", "application/foo", Buffer.buffer("{"))))
                        .code())
                .isEqualTo(415);
        assertThat(heard).isEmpty();
    }

    @Test
    void runsInterceptorsAndShowsTheDeadline() {
        List<String> seen = new ArrayList<>();
        ServerInterceptor spy = new ServerInterceptor.OfMessages() {
            @Override
            public <M> Future<Void> interceptMessage(
                    Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
                seen.add(topic.name() + " " + context.hasDeadline());
                return next.handle(message, context);
            }
        };
        server(spy).subscribe("events", StringValue.class, hears("one")).start();
        publish("events", "x");
        assertThat(seen).containsExactly("events true");
        assertThat(heard).containsExactly("one x");
    }

    @Test
    void listsSubscribersAsGoMicroDoes() {
        ServiceInfo service = server().subscribe("a", StringValue.class, hears("a"))
                .subscribe("b", StringValue.class, hears("b"))
                .start()
                .result();
        assertThat(service.endpoints().stream()
                        .map(info -> info.name() + " " + info.metadata().get("topic") + " "
                                + info.metadata().get("subscriber") + " "
                                + info.response().isPresent()))
                .containsExactly("Func b true false", "Func a true false");
    }

    @Test
    void refusesNoTopicAndLateSubscribers() {
        Server server = server();
        assertThatThrownBy(() -> server.subscribe("", StringValue.class, hears("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic: empty (expected: a name)");
        server.start();
        assertThatThrownBy(() -> server.subscribe("late", StringValue.class, hears("x")))
                .isInstanceOf(IllegalStateException.class);
    }
}
