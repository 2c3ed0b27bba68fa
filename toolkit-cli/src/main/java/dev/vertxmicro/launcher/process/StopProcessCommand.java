package dev.vertxmicro.launcher.process;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import java.util.Optional;

/** Stops a process that {@code vertx start} started, as Vert.x's {@code stop} does. */
public final class StopProcessCommand implements Command {

    /** For the table of commands. */
    public StopProcessCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("stop", "Stops a process that start started.")
                .describedAs("Sends SIGTERM to the process of this id; without an id lists those that run.")
                .optional("vertx.id", "The id that start printed.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        Optional<String> id = line.optional("vertx.id");
        if (id.isEmpty()) {
            System.out.println("Application id not specified...");
            ListProcessesCommand.print();
            return;
        }
        System.out.println("Stopping vert.x application '" + id.get() + "'");
        BackgroundProcess process = BackgroundProcess.all().stream()
                .filter(each -> each.id().equals(id.get()))
                .findFirst()
                .orElseThrow(() -> LaunchException.of(
                        BackgroundProcess.FAILED,
                        "Cannot find process for application using the id '" + id.get() + "'."));
        if (!process.handle().destroy() && process.handle().isAlive()) {
            throw LaunchException.of(BackgroundProcess.FAILED, "Failed to stop application '" + id.get() + "'");
        }
        System.out.println("Application '" + id.get() + "' terminated with status 0");
    }
}
