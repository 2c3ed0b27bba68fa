package dev.vertxmicro.bench.startup;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Deploys {@link BareVerticle} without any launcher. */
public final class BareProgram {
    private BareProgram() {}

    /**
     * Deploys it.
     *
     * @param args the file that says where to listen
     * @throws IOException if there is none
     */
    public static void main(String[] args) throws IOException {
        JsonObject config = new JsonObject(Files.readString(Path.of(args[0])));
        Vertx vertx = Vertx.vertx();
        vertx.deployVerticle(BareVerticle.class.getName(), new DeploymentOptions().setConfig(config))
                .onFailure(failure -> new Thread(() -> System.exit(1)).start());
    }
}
