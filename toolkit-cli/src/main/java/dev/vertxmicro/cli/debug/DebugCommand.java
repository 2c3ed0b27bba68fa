package dev.vertxmicro.cli.debug;

import com.google.protobuf.DynamicMessage;
import dev.vertxmicro.cli.registry.RegistryCommand;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.FailureText;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.debug.DebugSchema;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the commands have in common that ask each node of a service, or the one at an address. */
abstract class DebugCommand extends RegistryCommand {
    private static final int AT_ONCE = 64;

    /**
     * A node, and what it has answered.
     *
     * @param node    who was asked
     * @param message what it said; its failure if it said nothing
     */
    record NodeAnswer(Node node, Future<DynamicMessage> message) {
        /** Words why there is no answer. */
        String failure() {
            return FailureText.of(message.cause());
        }
    }

    /** Adds what all of them take. */
    static Usage.Builder asking(Usage.Builder usage) {
        return shared(usage.argument("service", "Name of the service.")
                .flag("address", "host:port", "Asks this node alone; no registry is asked."));
    }

    @Override
    public void run(CommandLine line) {
        if (line.value("address").isEmpty()) {
            super.run(line);
            return;
        }
        timeout(line);
        RegistrySession session =
                RegistrySession.withoutRegistry(RegistrySession.calling(line, line.value("conf"), json -> {}));
        try {
            answer(line, session);
        } finally {
            session.close();
        }
    }

    /** Finds whom to ask. */
    static List<Node> nodes(CommandLine line, RegistrySession session) {
        String address = line.value("address", "");
        if (!address.isEmpty()) {
            if (!address.matches(".+:\\d{1,5}")) {
                throw LaunchException.usage("--address: \"" + address + "\" (expected: host:port)");
            }
            return List.of(new Node(address, address, Map.of()));
        }
        String service = line.argument("service");
        List<Node> nodes = new ArrayList<>();
        for (ServiceInfo version : session.find(service, timeout(line))) {
            nodes.addAll(version.nodes());
        }
        if (nodes.isEmpty()) {
            throw LaunchException.failed(service + ": not found (" + session.asked(service) + ")");
        }
        return nodes;
    }

    /** Says how a node is called, once. */
    static CallOptions options(Node node, Duration timeout) {
        return CallOptions.DEFAULTS
                .withAddresses(node.address())
                .withContentType("application/protobuf")
                .withRequestTimeout(timeout)
                .withRetries(0);
    }

    /** Asks all nodes, some at a time; each has the time for one answer. */
    static List<NodeAnswer> ask(CommandLine line, RegistrySession session, String endpoint, String response) {
        Client client = session.client();
        Duration timeout = timeout(line);
        Endpoint<Buffer, Buffer> asked = Endpoint.unary(endpoint, Buffer.class, Buffer.class);
        List<Node> nodes = nodes(line, session);
        List<NodeAnswer> answers = new ArrayList<>();
        for (int from = 0; from < nodes.size(); from += AT_ONCE) {
            List<NodeAnswer> some = new ArrayList<>();
            for (Node node : nodes.subList(from, Math.min(nodes.size(), from + AT_ONCE))) {
                Request<Buffer, Buffer> request = Request.of(line.argument("service"), asked, Buffer.buffer())
                        .withOptions(options(node, timeout));
                some.add(new NodeAnswer(
                        node,
                        client.call(CallContext.create(), request).map(body -> DebugSchema.read(response, body))));
            }
            Future.join(some.stream().map(NodeAnswer::message).toList())
                    .otherwiseEmpty()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            answers.addAll(some);
        }
        return answers;
    }

    /** Ends with 1 where a node has not answered. */
    static void requireAll(List<NodeAnswer> answers) {
        long silent = answers.stream().filter(each -> each.message().failed()).count();
        if (silent > 0) {
            throw LaunchException.failed(silent + " of " + answers.size() + " nodes without an answer");
        }
    }
}
