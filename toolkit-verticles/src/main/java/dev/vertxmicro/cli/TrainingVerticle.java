package dev.vertxmicro.cli;

import com.google.protobuf.Struct;
import dev.vertxmicro.launcher.LaunchException;
import dev.vertxmicro.launcher.MicroLauncher;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import io.vertx.core.cli.CommandLine;
import io.vertx.core.cli.annotations.CLIConfigurator;
import io.vertx.core.spi.launcher.DefaultCommandFactory;
import java.util.ArrayList;
import java.util.List;

/** Serves one endpoint to the command that calls it as soon as it is registered, which then ends the process. */
public final class TrainingVerticle extends ServiceVerticle {
    private static final Endpoint<Struct, Struct> ECHO = Endpoint.unary("Training.Echo", Struct.class, Struct.class);

    /** For the deployment by name. */
    public TrainingVerticle() {}

    @Override
    protected void configure(Service target) {
        target.server().handle(ECHO, (request, context) -> Future.succeededFuture(request));
        target.afterStart(() -> {
            new Thread(TrainingVerticle::call, "training").start();
            return Future.succeededFuture();
        });
    }

    private static void call() {
        look(new ServicesCommandFactory());
        look(new DescribeCommandFactory(), "training");
        look(new PublishCommandFactory(), "training", "{}");
        MicroLauncher.main(new String[] {"call", "training", ECHO.name(), "{}", "--conf", TrainCommand.CONFIG});
    }

    /** Runs a command without ending the process. */
    private static void look(DefaultCommandFactory<? extends RegistryCommand> factory, String... arguments) {
        try {
            List<String> typed = new ArrayList<>(List.of("--conf", TrainCommand.CONFIG));
            typed.addAll(List.of(arguments));
            CommandLine line = factory.define().parse(typed);
            RegistryCommand command = factory.create(line);
            CLIConfigurator.inject(line, command);
            command.answer(line);
        } catch (LaunchException e) {
            // what is loaded by now is loaded
        }
    }
}
