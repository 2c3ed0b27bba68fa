package examples;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletionException;

/** Serves the greeter from a program of one's own, without the launcher: {@code EmbeddedGreeter [ADDRESS]}. */
public final class EmbeddedGreeter {
    private EmbeddedGreeter() {}

    /**
     * Serves until the process is asked to end.
     *
     * @param args where to listen, such as {@code 127.0.0.1:9090}; any free port if it is not given
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(vertx.close())));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "greeter").put("version", "1.0.0"))
                .put("server", new JsonObject().put("address", args.length == 0 ? ":0" : args[0]));
        try {
            await(vertx.deployVerticle(new GreeterVerticle(), new DeploymentOptions().setConfig(descriptor))
                    .onFailure(failure -> System.err.println(failure.getMessage())));
            System.out.println("greeter is served");
        } catch (CompletionException failed) {
            System.exit(1);
        }
    }

    /** Blocks, so never on an event loop. */
    private static void await(Future<?> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
