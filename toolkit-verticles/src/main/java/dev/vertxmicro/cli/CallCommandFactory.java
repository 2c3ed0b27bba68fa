package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code call}. */
public final class CallCommandFactory extends DefaultCommandFactory<CallCommand> {

    /** For the service loader. */
    public CallCommandFactory() {
        super(CallCommand.class, CallCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
