package dev.vertxmicro.bench.faults;

import dev.vertxmicro.bench.measure.ClusteredVertx;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A process that serves the greeter, as a program of a user would. Obeys commands on its standard input, one a line, and ends with
 * it, so that it never outlives who started it.
 */
public final class FaultNode {
    private static final PrintStream OUT = System.out;
    private static final long PATIENCE_SECONDS = 60;

    private FaultNode() {}

    /**
     * Runs until its input ends or it is told to stop (SIGTERM).
     *
     * @param args number of the node, its descriptor
     * @throws Exception if it does not start
     */
    public static void main(String[] args) throws Exception {
        Vertx vertx = ClusteredVertx.create();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(vertx)));
        Behaviour behaviour = new Behaviour();
        vertx.deployVerticle(
                        new FaultyGreeter(Integer.parseInt(args[0]), behaviour),
                        new DeploymentOptions().setConfig(new JsonObject(args[1])))
                .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        OUT.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            long millis = Long.parseLong(words[1]);
            switch (words[0]) {
                case "delay" -> behaviour.delay(millis);
                case "block" -> behaviour.blockOnce(millis);
                case "capacity" -> behaviour.capacity(millis);
                default -> throw new IOException("command: " + line + " (expected: delay, block or capacity)");
            }
        }
        System.exit(0); // a stop that has begun goes on
    }

    private static void close(Vertx vertx) {
        try {
            vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            OUT.println("not closed: " + e);
        }
    }
}
