package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code train}. */
public final class TrainCommandFactory extends DefaultCommandFactory<TrainCommand> {

    /** For the service loader. */
    public TrainCommandFactory() {
        super(TrainCommand.class, TrainCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.of(super.define());
    }
}
