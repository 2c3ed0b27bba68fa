package dev.vertxmicro.launcher;

import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code run}. */
public final class RunVerticleCommandFactory extends DefaultCommandFactory<RunVerticleCommand> {

    /** For the service loader. */
    public RunVerticleCommandFactory() {
        super(RunVerticleCommand.class, RunVerticleCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
