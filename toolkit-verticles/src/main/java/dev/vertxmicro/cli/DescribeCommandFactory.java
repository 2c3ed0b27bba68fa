package dev.vertxmicro.cli;

import dev.vertxmicro.launcher.StrictCli;
import io.vertx.core.cli.CLI;
import io.vertx.core.spi.launcher.DefaultCommandFactory;

/** Provides {@code describe}. */
public final class DescribeCommandFactory extends DefaultCommandFactory<DescribeCommand> {

    /** For the service loader. */
    public DescribeCommandFactory() {
        super(DescribeCommand.class, DescribeCommand::new);
    }

    @Override
    public CLI define() {
        return StrictCli.withMicroFlags(super.define());
    }
}
