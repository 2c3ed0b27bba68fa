package dev.vertxmicro.cli;

import com.google.protobuf.Struct;
import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.launcher.MicroLauncher;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
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
        look(new ServicesCommand());
        look(new DescribeCommand(), "training");
        look(new PublishCommand(), "training", "{}");
        MicroLauncher.main(new String[] {"call", "training", ECHO.name(), "{}", "--conf", TrainCommand.CONFIG});
    }

    /** Runs a command without ending the process. */
    private static void look(RegistryCommand command, String... arguments) {
        try {
            List<String> typed = new ArrayList<>(List.of("--conf", TrainCommand.CONFIG));
            typed.addAll(List.of(arguments));
            command.run(CommandLine.parse(command.usage(), typed));
        } catch (LaunchException e) {
            // what is loaded by now is loaded
        }
    }
}
