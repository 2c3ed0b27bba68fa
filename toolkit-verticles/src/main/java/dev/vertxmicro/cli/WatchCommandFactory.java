package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code watch}. */
public final class WatchCommandFactory extends DefaultCommandFactory<WatchCommand> {

    /** For the service loader. */
    public WatchCommandFactory() {
        super(WatchCommand.class, WatchCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
