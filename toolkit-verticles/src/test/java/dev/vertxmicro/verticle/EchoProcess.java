package dev.vertxmicro.verticle;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** The echo service in a process of its own, until that is killed. */
final class EchoProcess {
    private EchoProcess() {}

    /** Takes the descriptor. */
    public static void main(String[] args) throws Exception {
        DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject(args[0]));
        Vertx.vertx().deployVerticle(EchoVerticle.class.getName(), options).await(30, TimeUnit.SECONDS);
        System.out.println("serving");
    }
}
