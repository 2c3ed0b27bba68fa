package dev.vertxmicro.cli.debug;

import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.FailureText;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.registry.Node;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Prints what the nodes of a service have logged, and follows their logs. */
public final class LogsCommand extends DebugCommand {
    private static final long LOOK_MILLIS = 200;
    private static final int MOST_WAITING = 10_000;

    private final BlockingQueue<NodeLine> arrived = new LinkedBlockingQueue<>(MOST_WAITING);

    /** For the table of commands. */
    public LogsCommand() {}

    @Override
    public Usage usage() {
        return asking(Usage.named("logs", "Prints what the nodes of a service have logged.")
                        .describedAs(
                                "Calls Debug.Log of each node of SERVICE, Go or ours, and prints the latest lines that each has"
                                        + " kept, 1000 at most by default, in the order of their times. With --follow it goes on with"
                                        + " what is logged from then on, until SIGINT or SIGTERM. With --json each line is an object"
                                        + " with node, timestamp, value and metadata.")
                        .toggle("follow", "Goes on with what is logged from now on.")
                        .flag("count", "lines", "No more than this many of the latest lines of each node.")
                        .flag("since", "duration", "Only lines of that time, such as 90s or 5m."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        int count = line.number("count", 0, 1);
        long since = Typed.duration(line, "since")
                .map(ago -> Instant.now().minus(ago).getEpochSecond())
                .orElse(0L);
        List<Node> nodes = nodes(line, session);
        Client client = session.client();
        boolean follow = line.has("follow");
        boolean json = line.has("json");
        boolean named = nodes.size() > 1;
        int failed = 0;
        if (!follow || count > 0 || since > 0) {
            failed = latest(line, client, nodes, count, since);
        }
        if (follow && failed < nodes.size()) {
            follow(line, client, nodes, json, named);
        } else if (failed > 0) {
            throw LaunchException.failed(failed + " of " + nodes.size() + " nodes without an answer");
        }
    }

    /** Prints what is there; gives how many nodes have not answered. */
    private static int latest(CommandLine line, Client client, List<Node> nodes, int count, long since) {
        Map<Node, Future<List<NodeLine>>> asked = new LinkedHashMap<>();
        Duration timeout = timeout(line);
        nodes.forEach(node ->
                asked.put(node, new NodeLog(client, line.argument("service"), node).latest(count, since, timeout)));
        List<NodeLine> all = new ArrayList<>();
        int failed = 0;
        for (Map.Entry<Node, Future<List<NodeLine>>> each : asked.entrySet()) {
            Future<List<NodeLine>> answer = each.getValue();
            answer.otherwise(List.of())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            if (answer.failed()) {
                failed++;
                System.err.println(each.getKey().id() + ": " + FailureText.of(answer.cause()));
            } else {
                all.addAll(answer.result());
            }
        }
        all.sort(Comparator.comparingLong(NodeLine::timestamp));
        all.forEach(each -> each.print(line.has("json"), nodes.size() > 1));
        return failed;
    }

    private void follow(CommandLine line, Client client, List<Node> nodes, boolean json, boolean named) {
        List<Future<Void>> ends = new ArrayList<>();
        for (Node node : nodes) {
            ends.add(new NodeLog(client, line.argument("service"), node)
                    .follow(arrived::offer)
                    .onFailure(failure -> System.err.println(node.id() + ": " + FailureText.of(failure))));
        }
        Future<?> all = Future.join(ends);
        try {
            while (!Output.closed()) {
                NodeLine next = arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.print(json, named);
                } else if (all.isComplete()) {
                    throw LaunchException.failed("no node goes on");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
