package dev.vertxmicro.broker.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.testkit.LossRun;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.MemoryDirectory;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the benchmark {@code broker-loss}: nothing that was accepted is lost when the server is stopped, or killed. */
@Requires(Requirement.MOSQUITTO)
class MqttLossTest {
    private static final int PER_SECOND = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOPIC = "loss";

    @TempDir(factory = MemoryDirectory.class)
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void losesNothingWhenTheServerIsStopped() {
        try (Mosquitto server = Mosquitto.persistent(directory, "max_queued_messages 0")) {
            check(run(server, server::stop));
        }
    }

    @Test
    void losesNothingWhenTheServerIsKilled() {
        String[] keeping = {"max_queued_messages 0", "autosave_on_changes true", "autosave_interval 1"};
        try (Mosquitto server = Mosquitto.persistent(directory, keeping)) {
            check(run(server, server::kill));
        }
    }

    private LossRun.Counts run(Mosquitto server, Runnable end) {
        MqttBrokerOptions options = MqttBrokerOptions.DEFAULTS.withAddresses(List.of(server.address()));
        Broker publisher = MqttBroker.create(vertx, options);
        Broker subscriber =
                MqttBroker.create(vertx, options.withLogin(MqttLogin.DEFAULTS.withKeptSession("loss-subscriber")));
        LossRun.Seen seen = LossRun.subscriber();
        Await.result(publisher.connect());
        Await.result(subscriber.connect());
        Await.result(subscriber.subscribe(TOPIC, seen));
        try (LossRun run = LossRun.start(publisher, TOPIC, PER_SECOND, seen)) {
            for (int i = 0; i < 2; i++) {
                run.awaitArrivals(PER_SECOND / 2, PATIENCE);
                end.run();
                server.start();
            }
            run.awaitArrivals(PER_SECOND / 2, PATIENCE);
            return run.finish(PATIENCE);
        } finally {
            Await.result(publisher.close());
            Await.result(subscriber.close());
        }
    }

    private static void check(LossRun.Counts counts) {
        assertThat(counts.lost()).as("%s", counts).isZero();
        assertThat(counts.accepted()).as("%s", counts).isGreaterThanOrEqualTo(counts.offered() * 99 / 100);
        assertThat(counts.offered()).as("%s", counts).isGreaterThan(PER_SECOND);
    }
}
