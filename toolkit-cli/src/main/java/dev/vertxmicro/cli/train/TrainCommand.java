package dev.vertxmicro.cli.train;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.MicroLauncher;

/** Does once what commands do, so that {@code bin/vertx} can keep the classes they load in an archive. */
public final class TrainCommand implements Command {
    /** Multicast that stays on this machine, on a group and port of its own. */
    static final String CONFIG =
            """
            {"service": {"name": "training"},
             "server": {"address": "127.0.0.1:0"},
             "registry": {"type": "mdns", "mdns": {"address": "239.255.77.77:15377", "interfaces": ["lo"]}}}
            """;

    /** For the table of commands. */
    public TrainCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("train", "Loads the classes that commands use.")
                .hidden()
                .build();
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void run(CommandLine line) {
        MicroLauncher.main(new String[] {"run", TrainingVerticle.class.getName(), "-conf", CONFIG});
    }
}
