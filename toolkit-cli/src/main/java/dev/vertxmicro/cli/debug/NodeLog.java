package dev.vertxmicro.cli.debug;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.debug.DebugSchema;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The log of one node, by {@code Debug.Log}. */
final class NodeLog {
    private static final Duration OPENING = Duration.ofSeconds(5);
    private static final int MOST_LINES = 100_000;
    private static final Endpoint<Buffer, Buffer> LOG =
            new Endpoint<>("Debug.Log", Buffer.class, Buffer.class, Endpoint.Kind.SERVER_STREAM, false);

    private final Client client;
    private final String service;
    private final Node node;

    NodeLog(Client client, String service, Node node) {
        this.client = client;
        this.service = service;
        this.node = node;
    }

    /** Reads what is there, in the time that there is. */
    Future<List<NodeLine>> latest(int count, long since, Duration timeout) {
        List<NodeLine> lines = Collections.synchronizedList(new ArrayList<>());
        CallContext context = CallContext.create().withDeadline(System.nanoTime() + timeout.toNanos());
        return read(context, Map.of("count", (long) count, "since", since), line -> {
                    if (lines.size() < MOST_LINES) {
                        lines.add(line);
                    }
                })
                .map(end -> List.copyOf(lines));
    }

    /** Reads what comes from now on, until the node ends it. */
    Future<Void> follow(Consumer<NodeLine> taking) {
        return read(CallContext.create(), Map.of("stream", true), taking);
    }

    private Future<Void> read(CallContext context, Map<String, Object> question, Consumer<NodeLine> taking) {
        Request<Buffer, Buffer> request =
                Request.of(service, LOG, Buffer.buffer()).withOptions(DebugCommand.options(node, OPENING));
        return client.stream(context, request).compose(stream -> reading(stream, question, taking));
    }

    /** The stream stays open on this side: a Go handler takes its end for that of the caller. */
    private Future<Void> reading(
            ClientStream<Buffer, Buffer> stream, Map<String, Object> question, Consumer<NodeLine> taking) {
        stream.onMessage(body -> {
            try {
                taking.accept(NodeLine.of(node.id(), DebugSchema.read("Record", body)));
            } catch (RuntimeException unreadable) {
                stream.cancel(MicroException.badRequest(
                        "go.micro.debug", "what came is no Record of go-micro v1: " + unreadable.getMessage()));
            }
        });
        return stream.send(
                        Buffer.buffer(DebugSchema.write("LogRequest", question).toByteArray()))
                .compose(sent -> stream.ended());
    }
}
