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
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a transport gives is told of its end, also when it comes to nobody. */
class AttemptsTest {
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Promise<Socket> opening = Promise.promise();
    private final Recorded socket = new Recorded();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private boolean selectorFails;

    private Future<ClientStream<StringValue, StringValue>> open() {
        transport.opened = opening.future();
        Client client = Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, new OneNode(), timers));
        CallContext context =
                CallContext.create().withCancellation(cancellation).withDeadline(Duration.ofSeconds(3), timers);
        return client.stream(context, Request.of("greeter", CHAT, StringValue.of("davie")));
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

    private final class OneNode implements Selector, Selection {
        @Override
        public Future<Selection> select(String service, List<Filter> filters) {
            return Future.succeededFuture(this);
        }

        @Override
        public List<Node> nodes(String service) {
            return List.of();
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        @Override
        public Node next() {
            return new Node("greeter-1", "127.0.0.1:1", Map.of("protocol", "mucp"));
        }

        @Override
        public void done(Node node, Outcome outcome) {
            outcomes.add(outcome);
            if (selectorFails) {
                throw new IllegalStateException("no mark today");
            }
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
