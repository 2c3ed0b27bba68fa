package dev.vertxmicro.wrapper.validation;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Calls, streams and messages by rules set in code: a text has at most three characters. */
class ValidationWrapperTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);
    private static final MessageValidator SHORT =
            message -> message instanceof StringValue text && text.getValue().length() > 3
                    ? List.of(new BrokenRule("value", "max_len", "must be at most 3 characters"))
                    : List.of();

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final Registry registry = Registry.inMemory(timers);
    private final Broker broker = Broker.inMemory(timers);
    private final List<String> handled = new ArrayList<>();

    private static Wrapper validation(ValidationOptions options) {
        return ValidationWrapper.create(options, "greeter", List.of(SHORT));
    }

    private Client client(Wrappers ofServer, Wrappers ofClient) {
        Server server = Server.create(
                ServerOptions.defaults().withName("greeter").withAddress("127.0.0.1:9"),
                new ServerParts(
                        transport,
                        Codecs.standard(),
                        registry,
                        broker,
                        timers,
                        Invoker.direct(),
                        UnaryOperator.identity(),
                        ofServer.server()));
        server.handle(HELLO, (request, context) -> {
            handled.add(request.getValue());
            return Future.succeededFuture(StringValue.of("hello " + request.getValue()));
        });
        server.handleStream(CHAT, (stream, context) -> {
            stream.onMessage(message -> handled.add(message.getValue())).resume();
            return stream.ended();
        });
        server.subscribe(EVENTS, (message, context) -> {
            handled.add(message.getValue());
            return Future.succeededFuture();
        });
        server.start();
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        return Client.create(
                ClientOptions.DEFAULTS,
                new ClientParts(
                        transport,
                        Codecs.standard(),
                        selector,
                        broker,
                        timers,
                        ofClient.client(),
                        ofClient.attempts()));
    }

    private Client served(ValidationOptions options) {
        return client(new Wrappers(List.of(validation(options))), Wrappers.NONE);
    }

    private Client checked() {
        return client(Wrappers.NONE, new Wrappers(List.of(validation(ValidationOptions.DEFAULTS))));
    }

    private static Request<StringValue, StringValue> hello(String text) {
        return Request.of("greeter", HELLO, StringValue.of(text));
    }

    private static MicroException error(Future<?> call) {
        return (MicroException) call.cause();
    }

    private static ClientStream<StringValue, StringValue> chat(Client client) {
        return client.stream(CallContext.create(), Request.of("greeter", CHAT, StringValue.of("")))
                .result()
                .onMessage(message -> {})
                .resume();
    }

    @Test
    void aServerRefusesACallAndNamesFieldAndRule() {
        Client client = served(ValidationOptions.DEFAULTS);
        assertThat(client.call(hello("abc")).succeeded()).isTrue();
        MicroException refusal = error(client.call(hello("abcd")));
        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.id()).isEqualTo("greeter");
        assertThat(refusal.detail()).isEqualTo("value: must be at most 3 characters [max_len]");
        assertThat(handled).containsExactly("abc");
    }

    @Test
    void aClientKeepsWhatTheServerWouldRefuse() {
        MicroException refusal = error(checked().call(hello("abcd")));
        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.id()).isEqualTo("go.micro.client");
        assertThat(handled).isEmpty();
    }

    @Test
    void aMessageThatIsNotValidEndsItsStream() {
        ClientStream<StringValue, StringValue> stream = chat(served(ValidationOptions.DEFAULTS));
        stream.send(StringValue.of("abc"));
        stream.send(StringValue.of("abcd"));
        assertThat(error(stream.ended()).code()).isEqualTo(400);
        assertThat(handled).containsExactly("abc");
    }

    @Test
    void aClientDoesNotSendItOnAStream() {
        ClientStream<StringValue, StringValue> stream = chat(checked());
        assertThat(error(stream.send(StringValue.of("abcd"))).code()).isEqualTo(400);
        assertThat(stream.send(StringValue.of("abc")).succeeded()).isTrue();
        assertThat(handled).containsExactly("abc");
        assertThat(stream.ended().isComplete()).isFalse();
    }

    @Test
    void aMessageThatIsNotValidIsNotPublished() {
        assertThat(error(checked().publish(EVENTS, StringValue.of("abcd"))).code())
                .isEqualTo(400);
        assertThat(handled).isEmpty();
    }

    @Test
    void aSubscriberDoesNotGetIt() {
        Client client = served(ValidationOptions.DEFAULTS);
        client.publish(EVENTS, StringValue.of("abcd"));
        client.publish(EVENTS, StringValue.of("abc"));
        assertThat(handled).containsExactly("abc");
    }

    @Test
    void answersAreCheckedWhereThatIsWanted() {
        Client client = served(ValidationOptions.DEFAULTS.withResponses(true));
        MicroException failure = error(client.call(hello("abc")));
        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure.detail()).startsWith("answer is not valid: value: must be");
    }

    @Test
    void aValidatorThatFailsFailsTheCall() {
        MessageValidator odd = message -> {
            throw new IllegalStateException("secret");
        };
        Wrapper wrapper = ValidationWrapper.create(ValidationOptions.DEFAULTS, "greeter", List.of(odd));
        Client client = client(new Wrappers(List.of(wrapper)), Wrappers.NONE);
        MicroException failure = error(client.call(hello("abc")));
        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure.detail()).isEqualTo("internal error");
        assertThat(handled).isEmpty();
    }

    @Test
    void aLongListIsCut() {
        MessageValidator many = message -> {
            List<BrokenRule> broken = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                broken.add(new BrokenRule("f" + i, "", "is wrong"));
            }
            return broken;
        };
        RuleCheck check = new RuleCheck(List.of(many), "greeter", 2);
        assertThat(check.refusal("any"))
                .extracting(MicroException::detail)
                .isEqualTo("f0: is wrong; f1: is wrong; and 48 more");
    }
}
