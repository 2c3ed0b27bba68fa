package dev.vertxmicro.launcher;

import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code version}. */
public final class PrintVersionCommandFactory extends DefaultCommandFactory<PrintVersionCommand> {

    /** For the service loader. */
    public PrintVersionCommandFactory() {
        super(PrintVersionCommand.class, PrintVersionCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.of(super.define());
    }
}
