package dev.vertxmicro.launcher;

import dev.vertxmicro.command.Command;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.Usage;
import io.vertx.core.internal.VertxInternal;
import java.util.Optional;

/** Prints the versions. */
public final class PrintVersionCommand implements Command {

    /** For the table of commands. */
    public PrintVersionCommand() {}

    @Override
    public Usage usage() {
        return Usage.named("version", "Prints the versions of vertx-micro, Vert.x and Java.")
                .build();
    }

    @Override
    public void run(CommandLine line) {
        String own = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("(unpacked)");
        System.out.println("vertx-micro " + own + ", Vert.x " + VertxInternal.version() + ", Java "
                + System.getProperty("java.version"));
    }
}
