package dev.vertxmicro.client.rpc;

import com.google.protobuf.StringValue;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A selector that knows one node, and hands on what it is told of attempts and of streams. */
final class OneNode implements Selector, Selection {
    static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);

    private final Node node;
    private final Consumer<Outcome> ofAttempts;
    private final Consumer<Outcome> ofStreams;

    OneNode(String address, Consumer<Outcome> ofAttempts, Consumer<Outcome> ofStreams) {
        this.node = new Node("greeter-1", address, Map.of("protocol", "mucp"));
        this.ofAttempts = ofAttempts;
        this.ofStreams = ofStreams;
    }

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        return Future.succeededFuture(this);
    }

    @Override
    public List<Node> nodes(String service) {
        return List.of();
    }

    @Override
    public Node next() {
        return node;
    }

    @Override
    public void done(Node tried, Outcome outcome) {
        ofAttempts.accept(outcome);
    }

    @Override
    public void ended(String service, Node opened, Outcome outcome) {
        if (!service.equals("greeter") || !opened.equals(node)) {
            throw new AssertionError(service + " at " + opened);
        }
        ofStreams.accept(outcome);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
