package dev.vertxmicro.cli.debug;

import com.google.protobuf.DynamicMessage;
import dev.vertxmicro.cli.registry.RegistrySession;
import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.debug.DebugSchema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Asks the nodes of a service what they use. */
public final class StatsCommand extends DebugCommand {
    private static final List<String> NUMBERS =
            List.of("timestamp", "started", "uptime", "memory", "threads", "gc", "requests", "errors");
    private static final double MEBI = 1 << 20;
    private static final double MILLION = 1e6;

    /** For the table of commands. */
    public StatsCommand() {}

    @Override
    public Usage usage() {
        return asking(Usage.named("stats", "Asks the nodes of a service what they use.")
                        .describedAs(
                                "Calls Debug.Stats of each node of SERVICE, Go or ours, and prints a line for each: when it was"
                                        + " started, for how long it has been up, memory in use, threads, time in garbage collection,"
                                        + " requests and how many of them ended with an error, 0 where it does not count them."
                                        + " With --json an array with the numbers as they came (seconds, bytes, nanoseconds). The exit"
                                        + " code is 1 if a node does not answer."))
                .build();
    }

    @Override
    protected void answer(CommandLine line, RegistrySession session) {
        List<NodeAnswer> answers = ask(line, session, "Debug.Stats", "StatsResponse");
        if (line.has("json")) {
            JsonArray array = new JsonArray();
            answers.forEach(each -> array.add(json(each)));
            Output.json(array);
        } else {
            TextTable table = new TextTable(
                    "NODE", "ADDRESS", "STARTED", "UPTIME", "MEMORY", "THREADS", "GC", "REQUESTS", "ERRORS");
            answers.forEach(each -> row(table, each));
            table.print();
        }
        requireAll(answers);
    }

    private static void row(TextTable table, NodeAnswer each) {
        String id = each.node().id();
        String address = each.node().address();
        if (each.message().failed()) {
            table.add(id, address, each.failure());
            return;
        }
        DynamicMessage stats = each.message().result();
        table.add(
                id,
                address,
                Instant.ofEpochSecond(Math.max(0, DebugSchema.number(stats, "started")))
                        .toString(),
                uptime(DebugSchema.number(stats, "uptime")),
                String.format(Locale.ROOT, "%.1f MiB", DebugSchema.number(stats, "memory") / MEBI),
                String.valueOf(DebugSchema.number(stats, "threads")),
                String.format(Locale.ROOT, "%.1f ms", DebugSchema.number(stats, "gc") / MILLION),
                String.valueOf(DebugSchema.number(stats, "requests")),
                String.valueOf(DebugSchema.number(stats, "errors")));
    }

    private static String uptime(long seconds) {
        Duration up = Duration.ofSeconds(Math.max(0, seconds));
        return up.toDays() > 0
                ? up.toDays() + "d" + up.toHoursPart() + "h"
                : up.toHours() > 0
                        ? up.toHours() + "h" + up.toMinutesPart() + "m"
                        : up.toMinutes() > 0 ? up.toMinutes() + "m" + up.toSecondsPart() + "s" : up.toSeconds() + "s";
    }

    private static JsonObject json(NodeAnswer each) {
        JsonObject json = new JsonObject()
                .put("id", each.node().id())
                .put("address", each.node().address());
        if (each.message().failed()) {
            return json.put("error", each.failure());
        }
        NUMBERS.forEach(name -> json.put(name, DebugSchema.number(each.message().result(), name)));
        return json;
    }
}
