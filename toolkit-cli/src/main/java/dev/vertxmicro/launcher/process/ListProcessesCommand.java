package dev.vertxmicro.launcher.process;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import java.util.List;

/** Lists the processes that {@code vertx start} started, as Vert.x's {@code list} does. */
public final class ListProcessesCommand implements Command {

    /** For the table of commands. */
    public ListProcessesCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("list", "Lists the processes that start started.").build();
    }

    @Override
    public void run(CommandLine line) {
        print();
    }

    static void print() {
        System.out.println("Listing vert.x applications...");
        List<BackgroundProcess> all = BackgroundProcess.all();
        all.forEach(process -> System.out.println(process.id() + "\t" + process.details()));
        if (all.isEmpty()) {
            System.out.println("No vert.x application found.");
        }
    }
}
