package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes under 200 need not be an answer: a proxy's page is none, and whoever gives it is no node to call. */
class ForeignAnswerTest {
    private static final Endpoint<StringValue, StringValue> LOOK =
            Endpoint.unary("Greeter.Look", StringValue.class, StringValue.class);
    private static final String PAGE = "<html><body>Sign in</body></html>";

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS, new SelectorParts(registry, timers, new SplittableRandom(3), transport::probe));
    private final Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));

    private Future<StringValue> look(boolean idempotent) {
        return client.call(Request.of("greeter", LOOK, StringValue.of("davie"))
                .withOptions(CallOptions.DEFAULTS.withIdempotent(idempotent)));
    }

    private void register(int nodes) {
        for (int i = 0; i < nodes; i++) {
            Node node = new Node("n" + i, "n" + i + ":1", Map.of("protocol", "mucp"));
            registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
        }
    }

    private static Message page(String contentType) {
        return new Message(Metadata.of(Headers.CONTENT_TYPE, contentType), Buffer.buffer(PAGE));
    }

    /** One of the nodes gives pages, the other answers. */
    private void answerFrom(String address, Message foreign) {
        boolean proxy = transport.last().address().equals(address);
        transport
                .last()
                .answer()
                .complete(
                        proxy
                                ? foreign
                                : new Message(
                                        Metadata.of(Headers.CONTENT_TYPE, "application/protobuf"),
                                        Codec.protobuf().encode(StringValue.of("ok"))));
    }

    private long ejectedAfterPages(Message foreign) {
        register(3);
        for (int i = 0; i < 60; i++) {
            look(false);
            answerFrom("n1:1", foreign);
        }
        return selector.ejections();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/html; charset=utf-8", "application/xhtml+xml", "image/png"})
    void aNodeThatGivesPagesIsLeftOut(String contentType) {
        assertThat(ejectedAfterPages(page(contentType))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/protobuf", "application/json", "text/plain", "application/octet-stream", ""})
    void whatACodecOfOursMightHaveWrittenSaysNothingOfTheNode(String contentType) {
        assertThat(ejectedAfterPages(page(contentType))).isZero();
    }

    @Test
    void whatCanBeReadIsAnAnswerWhateverItIsCalled() {
        register(1);
        Future<StringValue> call = look(false);
        Buffer body = Codec.protobuf().encode(StringValue.of("ok"));
        transport.last().answer().complete(new Message(Metadata.of(Headers.CONTENT_TYPE, "image/png"), body));
        assertThat(call.result().getValue()).isEqualTo("ok");
    }

    @Test
    void anErrorOfTheServerIsAnAnswerWhateverItIsCalled() {
        String error = MicroException.text(MicroException.notFound("greeter", "nobody"));
        Metadata headers = Metadata.of(Headers.CONTENT_TYPE, "text/html").with(Headers.ERROR, error);
        assertThat(ejectedAfterPages(new Message(headers, Buffer.buffer(PAGE)))).isZero();
    }

    @Test
    void theCallerReadsWhatCameInstead() {
        register(1);
        Future<StringValue> call = look(false);
        transport.last().answer().complete(page("text/html"));
        MicroException error = (MicroException) call.cause();
        assertThat(error.fault()).isEqualTo(Fault.BROKEN);
        assertThat(error.detail()).startsWith("no answer but text/html (expected: application/protobuf): ");
    }

    @Test
    void anIdempotentCallIsRepeatedElsewhere() {
        register(2);
        Future<StringValue> call = look(true);
        transport.last().answer().complete(page("text/html"));
        assertThat(transport.attempts).hasSize(2);
        answerFrom("", page(""));
        assertThat(call.result().getValue()).isEqualTo("ok");
    }
}
