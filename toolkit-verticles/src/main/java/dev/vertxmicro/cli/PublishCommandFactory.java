package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code publish}. */
public final class PublishCommandFactory extends DefaultCommandFactory<PublishCommand> {

    /** For the service loader. */
    public PublishCommandFactory() {
        super(PublishCommand.class, PublishCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
