package dev.vertxmicro.cli.nodes;

import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.cli.terminal.Typed;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.start.ClusterJoining;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Lists the processes of a cluster, with the verticles and handlers of each. */
public final class NodesCommand implements Command {
    private static final Duration SEARCH = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** For the table of commands. */
    public NodesCommand() {}

    @Override
    public Usage usage() {
        Usage.Builder usage = Usage.named(
                        "nodes", "Lists the processes of a cluster: verticles, addresses, duties, handlers.")
                .describedAs("Joins the cluster, and prints the processes that bin/vertx started in it, or that have a"
                        + " ServerVerticle: host and process, then a line for each verticle, for each address of a service, for"
                        + " each duty that is held here (of a RegistryVerticle or BrokerVerticle), and for each handler that a"
                        + " ServerVerticle looks for.")
                .toggle("cluster", "Joins the cluster, as it does without this flag.");
        return ClusterJoining.flags(usage)
                .flag("timeout", "duration", "Time for one answer, such as 500ms or 5s (default 2s).")
                .toggle("json", "Prints JSON for scripts.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        Duration timeout = Typed.duration(line, "timeout").orElse(TIMEOUT);
        RegistrySession session = RegistrySession.clustered(
                ServiceDescriptor.parse(new JsonObject().put("registry", new JsonObject().put("type", "memory"))),
                line);
        List<JsonObject> nodes = RegistrySession.answer(
                "cluster",
                () -> NodeSurvey.of(session.vertx(), SEARCH, timeout),
                SEARCH.plus(timeout).plusSeconds(1));
        session.close();
        if (line.has("json")) {
            Output.json(new JsonArray(nodes));
        } else if (nodes.isEmpty()) {
            throw LaunchException.failed("cluster: no process with verticles of this toolkit");
        } else {
            nodes.forEach(NodesCommand::print);
        }
    }

    private static void print(JsonObject node) {
        Output.line(node.getString("process", "unknown") + "  " + node.getString("node", "")
                + (node.containsKey("error") ? "  " + node.getString("error") : ""));
        for (Object verticle : node.getJsonArray("verticles", new JsonArray())) {
            JsonObject deployed = (JsonObject) verticle;
            int instances = deployed.getInteger("instances", 1);
            Output.line("  verticle  " + deployed.getString("main") + (instances == 1 ? "" : " x " + instances));
        }
        lines(node, "addresses", "  address   ");
        lines(node, "duties", "  duty      ");
        lines(node, "handlers", "  handler   ");
    }

    private static void lines(JsonObject node, String key, String before) {
        node.getJsonArray(key, new JsonArray()).forEach(each -> Output.line(before + each));
    }
}
