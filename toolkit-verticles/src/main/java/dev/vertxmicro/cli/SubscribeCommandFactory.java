package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code subscribe}. */
public final class SubscribeCommandFactory extends DefaultCommandFactory<SubscribeCommand> {

    /** For the service loader. */
    public SubscribeCommandFactory() {
        super(SubscribeCommand.class, SubscribeCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
