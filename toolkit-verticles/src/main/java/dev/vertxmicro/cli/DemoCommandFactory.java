package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code demo}. */
public final class DemoCommandFactory extends DefaultCommandFactory<DemoCommand> {

    /** For the service loader. */
    public DemoCommandFactory() {
        super(DemoCommand.class, DemoCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
