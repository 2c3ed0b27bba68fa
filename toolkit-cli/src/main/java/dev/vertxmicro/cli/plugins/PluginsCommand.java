package dev.vertxmicro.cli.plugins;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.UserClasses;
import io.vertx.core.json.JsonArray;
import java.util.List;

/** Lists the plugins that are installed, and those of this project that are not. */
public final class PluginsCommand implements Command {
    private static final int COLUMN_GAP = 2;

    /** For the table of commands. */
    public PluginsCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("plugins", "Lists the plugins: kinds, types, versions and what is installed.")
                .describedAs(
                        "Prints a line for each type that a descriptor may name: kind, type, the version of the jar that"
                                + " provides it or \"not installed\", and the artifact that holds it; of a plugin from elsewhere, its"
                                + " class.")
                .add(new Flag("classpath", "cp", "path", "Further jars and directories with plugins.", Flag.Kind.ONCE))
                .toggle("json", "Prints JSON for scripts.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        Thread.currentThread().setContextClassLoader(UserClasses.of(line.value("classpath", "")));
        List<PluginRow> rows = rows();
        if (line.has("json")) {
            Output.json(new JsonArray(rows.stream().map(PluginRow::json).toList()));
        } else {
            table(rows.stream().map(PluginRow::words).toList());
        }
    }

    private static List<PluginRow> rows() {
        try {
            return PluginRow.all();
        } catch (IllegalStateException twice) {
            throw LaunchException.failed(String.valueOf(twice.getMessage()));
        }
    }

    private static void table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length() + COLUMN_GAP);
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
            }
            Output.line(line.toString());
        });
    }
}
