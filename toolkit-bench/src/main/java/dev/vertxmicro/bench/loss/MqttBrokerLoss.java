package dev.vertxmicro.bench.loss;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.mqtt.MqttBroker;
import dev.vertxmicro.broker.mqtt.MqttBrokerOptions;
import dev.vertxmicro.broker.mqtt.MqttLogin;
import dev.vertxmicro.testkit.LossRun;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Counts what becomes of messages when the server of the broker goes again and again: Mosquitto is stopped and started, then killed and
 * started, while messages are published at QoS 1 to a subscriber with a kept session.
 */
public final class MqttBrokerLoss {
    private static final PrintStream OUT = System.out;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "loss";

    private final Vertx vertx = Vertx.vertx();
    private final int perSecond;
    private final int rounds;

    private MqttBrokerLoss(int perSecond, int rounds) {
        this.perSecond = perSecond;
        this.rounds = rounds;
    }

    /**
     * Counts and prints; ends with status 1 if something was lost, or if less than 99 % was accepted.
     *
     * @param args none; {@code bench.rate} (1000 a second) and {@code bench.restarts} (10) change it
     * @throws Exception if the server does not start
     */
    public static void main(String[] args) throws Exception {
        MqttBrokerLoss bench =
                new MqttBrokerLoss(Integer.getInteger("bench.rate", 1000), Integer.getInteger("bench.restarts", 10));
        boolean good = bench.run();
        await(bench.vertx.close());
        System.exit(good ? 0 : 1);
    }

    private boolean run() throws IOException {
        LossRun.Counts stopped = run("SIGTERM", Mosquitto::stop, "max_queued_messages 0");
        LossRun.Counts killed = run(
                "SIGKILL", Mosquitto::kill, "max_queued_messages 0", "autosave_on_changes true", "autosave_interval 1");
        int offered = stopped.offered() + killed.offered();
        int accepted = stopped.accepted() + killed.accepted();
        int lost = stopped.lost() + killed.lost();
        OUT.printf(
                Locale.ROOT,
                "offered %d accepted %d (%.2f %%) arrived %d duplicated %d%n",
                offered,
                accepted,
                100.0 * accepted / offered,
                stopped.arrived() + killed.arrived(),
                stopped.duplicated() + killed.duplicated());
        OUT.println(lost + " lost");
        return lost == 0 && accepted >= 0.99 * offered;
    }

    private LossRun.Counts run(String signal, Consumer<Mosquitto> end, String... configuration) throws IOException {
        Path directory = directory();
        try (Mosquitto server = Mosquitto.persistent(directory, configuration)) {
            MqttBrokerOptions options = MqttBrokerOptions.DEFAULTS.withAddresses(List.of(server.address()));
            Broker publisher = MqttBroker.create(vertx, options);
            Broker subscriber =
                    MqttBroker.create(vertx, options.withLogin(MqttLogin.DEFAULTS.withKeptSession("loss-subscriber")));
            LossRun.Seen seen = LossRun.subscriber();
            await(publisher.connect());
            await(subscriber.connect());
            await(subscriber.subscribe(TOPIC, seen));
            LossRun.Counts counts = run(server, end, LossRun.start(publisher, TOPIC, perSecond, seen));
            await(publisher.close());
            await(subscriber.close());
            OUT.printf(
                    "%s x %d: offered %d accepted %d arrived %d duplicated %d lost %d%s%n",
                    signal,
                    rounds,
                    counts.offered(),
                    counts.accepted(),
                    counts.arrived(),
                    counts.duplicated(),
                    counts.lost(),
                    counts.problem().isEmpty() ? "" : ", last failure: " + counts.problem());
            return counts;
        } finally {
            delete(directory);
        }
    }

    private LossRun.Counts run(Mosquitto server, Consumer<Mosquitto> end, LossRun run) {
        try (run) {
            for (int i = 0; i < rounds; i++) {
                run.awaitArrivals(perSecond, PATIENCE);
                end.accept(server);
                server.start();
            }
            run.awaitArrivals(perSecond, PATIENCE);
            return run.finish(PATIENCE);
        }
    }

    /** In memory where there is a place for that: Mosquitto is to write its file after each message. */
    private static Path directory() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "broker-loss")
                : Files.createTempDirectory("broker-loss");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void await(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
