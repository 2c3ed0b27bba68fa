package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code services}. */
public final class ServicesCommandFactory extends DefaultCommandFactory<ServicesCommand> {

    /** For the service loader. */
    public ServicesCommandFactory() {
        super(ServicesCommand.class, ServicesCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
