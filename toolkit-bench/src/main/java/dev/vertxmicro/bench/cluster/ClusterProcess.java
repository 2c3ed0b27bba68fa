package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.measure.ClusteredVertx;
import dev.vertxmicro.verticle.BrokerVerticle;
import dev.vertxmicro.verticle.ClusterMember;
import dev.vertxmicro.verticle.RegistryVerticle;
import dev.vertxmicro.verticle.ServerVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A process with one verticle. Obeys SIGTERM as {@code bin/vertx} does, and ends with its standard input. */
public final class ClusterProcess {
    private static final PrintStream OUT = System.out;
    private static final long PATIENCE_SECONDS = 60;

    private ClusterProcess() {}

    /**
     * Runs until its input ends or it is told to stop.
     *
     * @param args name of its {@link Role}, its number, its descriptor
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        Vertx vertx = ClusteredVertx.create();
        Role role = Role.valueOf(args[0]);
        JsonObject descriptor = new JsonObject(args[2]);
        if (role != Role.BY_HAND) { // who knows nothing of the toolkit does not join
            ClusterMember.join(vertx).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(vertx)));
        vertx.deployVerticle(
                        verticle(role, Integer.parseInt(args[1]), descriptor),
                        new DeploymentOptions().setConfig(descriptor))
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        OUT.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            // nobody says anything
        }
        System.exit(0); // a stop that has begun goes on
    }

    private static Deployable verticle(Role role, int number, JsonObject descriptor) {
        return switch (role) {
            case REGISTRY -> new RegistryVerticle();
            case BROKER -> new BrokerVerticle();
            case SERVER -> new ServerVerticle();
            case HANDLER -> new PlainClock(number);
            case BY_HAND -> new ServerByHand(descriptor.getString("address"));
            case CLIENT -> throw new IllegalArgumentException("role: CLIENT (expected: one with a verticle)");
        };
    }

    private static void close(Vertx vertx) {
        try {
            vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            OUT.println("not closed: " + e);
        }
    }
}
