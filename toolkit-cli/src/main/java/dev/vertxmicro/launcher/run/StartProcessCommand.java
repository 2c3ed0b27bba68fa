package dev.vertxmicro.launcher.run;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Commands;
import dev.vertxmicro.command.Flag;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Usage;
import dev.vertxmicro.launcher.process.BackgroundProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Starts what {@code vertx run} runs as a process in the background, as Vert.x's {@code start} does. */
public final class StartProcessCommand implements Command {

    /** For the table of commands. */
    public StartProcessCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("start", "Starts in the background what run runs.")
                .describedAs(
                        "Starts a process in the background, with the arguments and flags of run, and prints its id, by which"
                                + " stop and list know it.")
                .optional(RunVerticleCommand.MAIN, "What run takes.")
                .add(new Flag("vertx-id", "id", "id", "The id of the process; default a random one.", Flag.Kind.ONCE))
                .flag("java-opts", "options", "Options of its JVM; default the variable JAVA_OPTS.")
                .add(new Flag("launcher-class", "", "class", "Another main class.", Flag.Kind.HIDDEN))
                .add(new Flag("redirect-output", "", "", "Prints what the process prints.", Flag.Kind.HIDDEN))
                .open()
                .build();
    }

    @Override
    public void run(CommandLine line) {
        List<String> words = new ArrayList<>(line.rest());
        Optional<String> first = line.optional(RunVerticleCommand.MAIN);
        boolean named = first.isPresent() && Commands.find(first.get()).isPresent();
        if (!line.has("launcher-class")) {
            check(words, first, named);
        }
        if (!named) {
            words.add(0, "run");
        }
        line.values("D").forEach(property -> words.add("-D" + property));
        String id = line.value("vertx-id").orElseGet(() -> UUID.randomUUID().toString());
        if (id.isBlank()
                || BackgroundProcess.all().stream().anyMatch(each -> each.id().equals(id))) {
            throw LaunchException.usage(
                    "--vertx-id: \"" + id + "\" (expected: an id that no running process has; see vertx list)");
        }
        System.out.println("Starting vert.x application...");
        BackgroundProcess.start(
                id,
                words,
                line.has("redirect-output") ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD,
                line);
        System.out.println(id);
    }

    /** Refuses here what the process would refuse where nobody sees it. */
    private static void check(List<String> words, Optional<String> first, boolean named) {
        Command command = named ? Commands.get(first.orElse("run")) : new RunVerticleCommand();
        List<String> its = new ArrayList<>(words);
        if (named) {
            its.remove(first.orElse("run"));
        }
        CommandLine.parse(command.usage(), its);
    }
}
