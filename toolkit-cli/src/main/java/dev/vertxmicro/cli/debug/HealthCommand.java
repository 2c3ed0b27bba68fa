package dev.vertxmicro.cli.debug;

import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.debug.DebugSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Asks the nodes of a service whether they are well. */
public final class HealthCommand extends DebugCommand {

    /** For the table of commands. */
    public HealthCommand() {}

    @Override
    public Usage usage() {
        return asking(Usage.named("health", "Asks the nodes of a service whether they are well.")
                        .describedAs(
                                "Calls Debug.Health of each node of SERVICE, Go or ours, and prints a line for each: node,"
                                        + " address, ok or what it says instead. With --json an array with id, address and status, or"
                                        + " error. The exit code is 1 unless all are ok."))
                .build();
    }

    private static String status(NodeAnswer answer) {
        return answer.message().succeeded() ? DebugSchema.text(answer.message().result(), "status") : "error";
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        List<NodeAnswer> answers = ask(line, session, "Debug.Health", "HealthResponse");
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            answers.forEach(each -> array.add(json(each)));
            Output.json(array);
        } else {
            TextTable table = new TextTable("NODE", "ADDRESS", "STATUS");
            answers.forEach(each -> table.add(
                    each.node().id(),
                    each.node().address(),
                    each.message().succeeded() ? status(each) : each.failure()));
            table.print();
        }
        long unwell =
                answers.stream().filter(each -> !"ok".equals(status(each))).count();
        if (unwell > 0) {
            throw LaunchException.failed(unwell + " of " + answers.size() + " nodes not ok");
        }
    }

    private static JsonObject json(NodeAnswer each) {
        JsonObject json = new JsonObject()
                .put("id", each.node().id())
                .put("address", each.node().address())
                .put("status", status(each));
        return each.message().failed() ? json.put("error", each.failure()) : json;
    }
}
