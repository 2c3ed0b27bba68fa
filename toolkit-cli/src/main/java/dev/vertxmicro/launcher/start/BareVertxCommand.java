package dev.vertxmicro.launcher.start;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.LastingLogs;
import dev.vertxmicro.launcher.UserClasses;

/** Starts a Vert.x without verticles, a member of the cluster that takes over those of members that die. */
public final class BareVertxCommand implements Command {

    /** For the table of commands. */
    public BareVertxCommand() {}

    @Override
    public Usage usage() {
        return VertxFlags.on(Usage.named("bare", "Starts a member of the cluster that waits for others' verticles.")
                        .describedAs(
                                "Starts Vert.x as a member of the cluster, without verticles: it takes over those that were"
                                        + " started with --ha by members that die."))
                .build();
    }

    @Override
    public void run(CommandLine line) {
        LastingLogs.last();
        ClassLoader loader = UserClasses.of(line.value("classpath", ""));
        VertxStart.closeWhenStopped(new VertxStart(line, loader).start(true, true), "the verticles taken over to stop");
    }

    @Override
    public boolean lasts() {
        return true;
    }
}
