package dev.vertxmicro.cli.train;

import com.google.protobuf.Struct;
import dev.vertxmicro.command.Commands;
import dev.vertxmicro.engine.eventbus.BusProtocol;
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
        boolean clustered = vertx.isClustered();
        target.afterStart(() -> {
            String address = target.server().address();
            new Thread(() -> call(address, clustered), "training").start();
            return clustered ? handler() : Future.succeededFuture();
        });
    }

    /** A handler that knows nothing of the toolkit, for the ServerVerticle beside. */
    private Future<Void> handler() {
        return vertx.eventBus()
                .consumer(
                        BusProtocol.handler(TrainingCluster.SERVICE, TrainingCluster.ENDPOINT),
                        call -> call.reply(call.body()))
                .completion();
    }

    private static void call(String address, boolean clustered) {
        if (clustered) {
            joinAndCall();
        }
        // as bin/vertx has it for commands
        System.setProperty("vertx.disableDnsResolver", "true");
        look("services");
        look("describe", "training");
        look("publish", "training", "{}");
        look("call", "training", ECHO.name(), "{\"a\": [1, \"b\", null]}", "--address", address);
        MicroLauncher.main(new String[] {"call", "training", ECHO.name(), "{}", "--conf", TrainCommand.CONFIG});
    }

    /** As another member, which joins and leaves. */
    private static void joinAndCall() {
        quietly(
                "call",
                TrainingCluster.SERVICE,
                TrainingCluster.ENDPOINT,
                "{}",
                "-cluster",
                "-cluster-host",
                TrainingCluster.HOST);
    }

    private static void look(String... words) {
        List<String> typed = new ArrayList<>(List.of(words));
        if (!typed.contains("--address")) {
            typed.addAll(List.of("--conf", TrainCommand.CONFIG));
        }
        quietly(typed.toArray(new String[0]));
    }

    /** Runs a command without ending the process. */
    private static void quietly(String... words) {
        try {
            Commands.run(words);
        } catch (Exception e) {
            // what is loaded by now is loaded
        }
    }
}
