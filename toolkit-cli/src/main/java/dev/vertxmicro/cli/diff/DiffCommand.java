package dev.vertxmicro.cli.diff;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.overlay.ConfigFile;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Says in what two configurations differ. */
public final class DiffCommand implements Command {

    /** For the table of commands. */
    public DiffCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("diff", "Says in what two descriptors or topologies differ.")
                .describedAs(
                        "Prints in what two descriptors, service files or topologies differ once all defaults are filled"
                                + " in, a line for each key: - what the first says, + what the second does. Verticles of a topology"
                                + " are told apart by their node and their main class. Secrets are not shown. The exit code is 0"
                                + " where nothing differs, else 1.")
                .argument("one", "A JSON file, or JSON itself.")
                .argument("other", "A JSON file, or JSON itself.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        List<String> lines = ConfigDifference.lines(read(line, "one"), read(line, "other"));
        lines.forEach(Output::line);
        if (!lines.isEmpty()) {
            throw LaunchException.failed("");
        }
    }

    private static JsonObject read(CommandLine line, String argument) {
        return EffectiveFile.of(ConfigFile.read(argument, line.argument(argument)));
    }
}
