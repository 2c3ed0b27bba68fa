package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a transport gives is told of its end, also when it comes to nobody. */
class AttemptsTest {
    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Promise<Socket> opening = Promise.promise();
    private final Recorded socket = new Recorded();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private boolean selectorFails;

    private Future<ClientStream<StringValue, StringValue>> open() {
        transport.opened = opening.future();
        OneNode selector = new OneNode("127.0.0.1:1", this::mark, ended -> {});
        Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
        CallContext context =
                CallContext.create().withCancellation(cancellation).withDeadline(Duration.ofSeconds(3), timers);
        return client.stream(context, Request.of("greeter", OneNode.CHAT, StringValue.of("davie")));
    }

    @Test
    void resetsASocketThatComesWhenNobodyWaits() {
        Future<?> stream = open();
        cancellation.cancel(MicroException.timeout("test", "gone"));
        assertThat(stream.cause()).hasMessageContaining("context canceled");

        opening.complete(socket);

        assertThat(socket.resets).singleElement().asString().contains("context canceled");
        assertThat(outcomes).containsExactly(Outcome.ABANDONED);
    }

    @Test
    void resetsASocketThatComesAfterTheDeadlineThoughTheSelectorFails() {
        selectorFails = true;
        Future<?> stream = open();
        timers.advance(Duration.ofSeconds(3));
        assertThat(stream.cause()).hasMessageContaining("context deadline exceeded");

        opening.complete(socket);

        assertThat(socket.resets).singleElement().asString().contains("context deadline exceeded");
    }

    @Test
    void resetsASocketThatAFailureOfTheSelectorKeepsFromItsCaller() {
        selectorFails = true;
        Future<?> stream = open();

        opening.complete(socket);

        assertThat(stream.cause()).hasMessageContaining("no mark today");
        assertThat(socket.resets).singleElement().asString().contains("no mark today");
    }

    @Test
    @SuppressWarnings("NullAway") // what a transport of somebody else gives
    void saysThatATransportGaveNoSocket() {
        Future<?> stream = open();

        opening.complete(null);

        assertThat(stream.cause()).hasMessageContaining("transport gave null (expected: a socket)");
    }

    private void mark(Outcome outcome) {
        outcomes.add(outcome);
        if (selectorFails) {
            throw new IllegalStateException("no mark today");
        }
    }

    private static final class Recorded implements Socket {
        private final List<MicroException> resets = new ArrayList<>();
        private final Promise<Void> closed = Promise.promise();

        @Override
        public Future<Void> send(Message message) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end(Metadata trailer) {
            return Future.succeededFuture();
        }

        @Override
        public void reset(MicroException error) {
            resets.add(error);
        }

        @Override
        public Socket onMessage(Handler<Message> handler) {
            return this;
        }

        @Override
        public Socket onEnd(Handler<Metadata> handler) {
            return this;
        }

        @Override
        public Socket pause() {
            return this;
        }

        @Override
        public Socket resume() {
            return this;
        }

        @Override
        public Future<Void> closed() {
            return closed.future();
        }
    }
}
