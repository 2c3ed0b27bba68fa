package dev.vertxmicro.client.rpc;

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
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a stream ends after its opening says whose fault that was, once. */
class StreamOutcomeTest {
    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Socket> served = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private final String address = transport
            .listener("127.0.0.1:0")
            .onStream((first, socket, peer) -> served.add(socket))
            .listen()
            .result();
    private final Client client = Client.create(
            ClientOptions.DEFAULTS,
            new ClientParts(transport, new OneNode(address, this::opened, this::ended), timers));

    private ClientStream<StringValue, StringValue> open(CallOptions options) {
        CallContext context =
                CallContext.create().withCancellation(cancellation).withDeadline(Duration.ofSeconds(3), timers);
        Request<StringValue, StringValue> request =
                Request.of("greeter", OneNode.CHAT, StringValue.of("davie")).withOptions(options);
        ClientStream<StringValue, StringValue> stream =
                client.stream(context, request).result();
        assertThat(outcomes).as("while it is open").isEmpty();
        return stream;
    }

    private ClientStream<StringValue, StringValue> open() {
        return open(CallOptions.DEFAULTS);
    }

    private Socket server() {
        return served.get(0);
    }

    private static Message message(Buffer body) {
        return new Message(Metadata.of(Headers.CONTENT_TYPE, "application/protobuf"), body);
    }

    @Test
    void aStreamThatTheServerEndsIsAnswered() {
        var stream = open();
        server().end(Metadata.EMPTY);
        assertThat(stream.ended().succeeded()).isTrue();
        assertThat(outcomes).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void anErrorThatTheServerTellsIsAnAnswer() {
        var stream = open();
        server().reset(MicroException.internal("greeter", "no tea"));
        assertThat(stream.ended().failed()).isTrue();
        assertThat(outcomes).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void aStreamThatBreaksIsTheNodes() {
        var stream = open();
        transport.close();
        assertThat(stream.ended().failed()).isTrue();
        assertThat(outcomes).containsExactly(Outcome.BROKEN);
    }

    @Test
    void aStreamThatTheCallerGivesUpIsNobodys() {
        open().cancel(MicroException.timeout("test", "enough"));
        assertThat(outcomes).containsExactly(Outcome.ABANDONED);
    }

    @Test
    void aStreamWhoseContextIsCancelledIsNobodys() {
        open();
        cancellation.cancel(MicroException.timeout("test", "gone"));
        assertThat(outcomes).containsExactly(Outcome.ABANDONED);
    }

    @Test
    void aStreamWhoseTimeIsOverIsNobodys() {
        open();
        timers.advance(Duration.ofSeconds(3));
        assertThat(outcomes).containsExactly(Outcome.ABANDONED);
    }

    @Test
    void aReaderThatThrowsIsTheCallersOwn() {
        open().onMessage(message -> {
            throw new IllegalStateException("no");
        });
        server().send(message(Buffer.buffer(StringValue.of("hello").toByteArray())));
        assertThat(outcomes).containsExactly(Outcome.CALLER);
    }

    @Test
    void aMessageThatCannotBeReadIsAnAnswerAsThatOfACallIs() {
        open().onMessage(message -> {});
        server().send(message(Buffer.buffer("no message")));
        assertThat(outcomes).containsExactly(Outcome.ANSWERED);
    }

    @Test
    void aPageInTheMidstOfAStreamIsTheNodes() {
        var stream = open().onMessage(message -> {});
        server().send(new Message(Metadata.of(Headers.CONTENT_TYPE, "text/html"), Buffer.buffer("<html>")));
        assertThat(stream.ended().cause()).hasMessageContaining("no answer but text/html");
        assertThat(outcomes).containsExactly(Outcome.BROKEN);
    }

    @Test
    void nobodyIsToldOfNodesThatTheCallerNamed() {
        open(CallOptions.DEFAULTS.withAddresses(List.of(address))).cancel(MicroException.timeout("test", "enough"));
        assertThat(outcomes).isEmpty();
    }

    @Test
    void aSelectorThatThrowsKeepsNoStreamFromItsEnd() {
        var stream = open();
        outcomes.add(Outcome.UNREACHABLE);
        server().end(Metadata.EMPTY);
        assertThat(stream.ended().succeeded()).isTrue();
    }

    private void opened(Outcome outcome) {
        assertThat(outcome).as("of the opening").isEqualTo(Outcome.ABANDONED);
    }

    private void ended(Outcome outcome) {
        if (!outcomes.isEmpty()) {
            throw new IllegalStateException("told already");
        }
        outcomes.add(outcome);
    }
}
