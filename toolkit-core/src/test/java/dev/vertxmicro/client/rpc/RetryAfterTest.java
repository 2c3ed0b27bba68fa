package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server may say when to come again, and the client comes then. */
class RetryAfterTest {
    private static final String ADDRESS = "127.0.0.1:9";
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Message OK =
            new Message(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of("ok")));

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Client client = Client.create(
            ClientOptions.DEFAULTS,
            new ClientParts(transport, new OneNode("a:1", outcome -> {}, outcome -> {}), timers));

    private static Request<StringValue, StringValue> hello(CallOptions options) {
        return Request.of("greeter", HELLO, StringValue.of("davie")).withOptions(options.withAddresses("a:1", "b:2"));
    }

    private static MicroException tooMany() {
        return MicroException.tooManyRequests("greeter", "too many calls");
    }

    private static Message limited(String seconds, boolean taken) {
        Metadata headers = Metadata.of("Micro-Error", tooMany().toJson()).with("Retry-After", seconds);
        return new Message(taken ? headers : headers.with("Micro-Not-Taken", "true"), Buffer.buffer());
    }

    @Test
    void waitsAsLongAsTheServerSaysInPlaceOfGoingElsewhere() {
        Future<StringValue> call = client.call(hello(CallOptions.DEFAULTS));
        transport.last().answer().complete(limited("2", false));
        timers.advance(Duration.ofMillis(1999));
        assertThat(transport.attempts).hasSize(1);
        timers.advance(Duration.ofMillis(1));
        assertThat(transport.attempts).hasSize(2);
        transport.last().answer().complete(OK);
        assertThat(call.result().getValue()).isEqualTo("ok");
    }

    @Test
    void endsAtOnceWhereNobodyWouldWaitThatLong() {
        Future<StringValue> call = client.call(hello(CallOptions.DEFAULTS));
        transport.last().answer().complete(limited("5", false));
        assertThat(call.cause()).isInstanceOfSatisfying(MicroException.class, error -> {
            assertThat(error.code()).isEqualTo(429);
            assertThat(error.retryAfter()).contains(Duration.ofSeconds(5));
        });
    }

    @Test
    void repeatsWhatAHandlerMayHaveSeenOnlyWhereThatIsSafe() {
        Future<StringValue> call = client.call(hello(CallOptions.DEFAULTS));
        transport.last().answer().complete(limited("1", true));
        assertThat(call.failed()).isTrue();
        client.call(hello(CallOptions.DEFAULTS.withIdempotent(true)));
        transport.last().answer().complete(limited("1", true));
        timers.advance(Duration.ofSeconds(1));
        assertThat(transport.attempts).hasSize(3);
    }

    @Test
    void takesNoDateAndNoNonsenseForSeconds() {
        for (String text : new String[] {"", "-1", "1.5", "Wed, 21 Oct 2015 07:28:00 GMT", "99999999999999999999"}) {
            Future<StringValue> call = client.call(hello(CallOptions.DEFAULTS));
            transport.last().answer().complete(limited(text, true));
            assertThat(call.cause())
                    .isInstanceOfSatisfying(
                            MicroException.class,
                            error -> assertThat(error.retryAfter()).as(text).isEmpty());
        }
    }

    @Test
    void aServerTellsItInWholeSecondsOfCallsAndStreams() {
        Transport memory = Transport.inMemory(timers);
        Server server = Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
                new ServerParts(memory, Registry.inMemory(timers), timers));
        MicroException refusal = tooMany().asNotTaken().withRetryAfter(Duration.ofMillis(1001));
        server.handle(HELLO, (request, context) -> Future.failedFuture(refusal));
        server.handleStream(OneNode.CHAT, (stream, context) -> Future.failedFuture(refusal));
        server.start();
        Metadata headers = Metadata.builder(2)
                .add("Content-Type", "application/protobuf")
                .add("Micro-Endpoint", "Greeter.Hello")
                .build();
        Message answer = memory.request(ADDRESS, new Message(headers, Buffer.buffer()), CallContext.create())
                .result();
        assertThat(answer.headers().value("Retry-After", "")).isEqualTo("2");
        assertThat(answer.headers().value("Micro-Not-Taken", "")).isEqualTo("true");
        ClientStream<StringValue, StringValue> stream = Client.create(
                        ClientOptions.DEFAULTS,
                        new ClientParts(memory, new OneNode(ADDRESS, outcome -> {}, outcome -> {}), timers))
                .stream(CallContext.create(), Request.of("greeter", OneNode.CHAT, StringValue.of("")))
                .result();
        stream.onMessage(message -> {}).resume();
        assertThat(stream.ended().cause())
                .isInstanceOfSatisfying(MicroException.class, error -> assertThat(error.retryAfter())
                        .contains(Duration.ofSeconds(2)));
    }
}
