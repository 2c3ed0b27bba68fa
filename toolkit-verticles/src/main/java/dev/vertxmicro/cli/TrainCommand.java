package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.MicroLauncher;
import io.vertx.core.cli.annotations.Hidden;
import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.spi.launcher.DefaultCommand;

/** Does once what commands do, so that {@code bin/vertx} can keep the classes they load in an archive. */
@Name("train")
@Hidden
@Summary("Loads the classes that commands use.")
public final class TrainCommand extends DefaultCommand {
    /** Multicast that stays on this machine, on a group and port of its own. */
    static final String CONFIG =
            """
            {"service": {"name": "training"},
             "server": {"address": "127.0.0.1:0"},
             "registry": {"type": "mdns", "mdns": {"address": "239.255.77.77:15377", "interfaces": ["lo"]}}}
            """;

    /** For the factory. */
    public TrainCommand() {}

    @Override
    public void run() {
        MicroLauncher.main(new String[] {"run", TrainingVerticle.class.getName(), "-conf", CONFIG});
    }
}
