package dev.vertxmicro.launcher;

import io.vertx.core.cli.annotations.Name;
import io.vertx.core.cli.annotations.Summary;
import io.vertx.core.impl.launcher.commands.VersionCommand;
import io.vertx.core.spi.launcher.DefaultCommand;
import java.util.Optional;

/** Prints the versions; Vert.x's own command logs its version instead. */
@Name(value = "version", priority = 100)
@Summary("Prints the versions of vertx-micro, Vert.x and Java.")
public final class PrintVersionCommand extends DefaultCommand {

    /** For the factory. */
    public PrintVersionCommand() {}

    @Override
    public void run() {
        String own = Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                .orElse("(unpacked)");
        out.println("vertx-micro " + own + ", Vert.x " + VersionCommand.getVersion() + ", Java "
                + System.getProperty("java.version"));
    }
}
