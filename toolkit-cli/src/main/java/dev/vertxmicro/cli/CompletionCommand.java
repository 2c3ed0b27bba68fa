package dev.vertxmicro.cli;

import dev.vertxmicro.cli.terminal.Output;
import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Completion;
import dev.vertxmicro.command.Usage;

/** Prints what a shell needs to complete command lines of {@code vertx}. */
public final class CompletionCommand implements Command {

    /** For the table of commands. */
    public CompletionCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("completion", "Prints the completion of bash or zsh, to be sourced.")
                .describedAs(
                        "Prints a script that completes commands, flags and their values: source <(vertx completion bash),"
                                + " in ~/.bashrc, or source <(vertx completion zsh), in ~/.zshrc after compinit.")
                .argument("bash|zsh", "The shell.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        Output.line(Completion.script(line.argument("bash|zsh")));
    }
}
