package dev.vertxmicro.cli.train;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.MicroLauncher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does once what commands do, so that {@code bin/vertx} can keep the classes they load in an archive. */
public final class TrainCommand implements Command {
    /** Multicast that stays on this machine, on a group and port of its own. */
    static final String CONFIG =
            """
            {"service": {"name": "training"},
             "server": {"address": "127.0.0.1:0"},
             "registry": {"type": "mdns", "mdns": {"address": "239.255.77.77:15377", "interfaces": ["lo"]}}}
            """;

    private static final int LONGEST_SECONDS = 60;

    /** For the table of commands. */
    public TrainCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("train", "Loads the classes that commands use.")
                .toggle("cluster", "Those of the members of a cluster, too.")
                .hidden()
                .build();
    }

    @Override
    public boolean lasts() {
        return true;
    }

    @Override
    public void run(CommandLine line) {
        if (!line.has("cluster")) {
            MicroLauncher.main(new String[] {"run", TrainingVerticle.class.getName(), "-conf", CONFIG});
            return;
        }
        // whatever a cluster waits for here, nobody is to wait for its archive
        CompletableFuture.delayedExecutor(LONGEST_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        String topology = TrainingCluster.prepare();
        MicroLauncher.main(new String[] {"run", topology, "-cluster", "-cluster-host", TrainingCluster.HOST});
    }
}
