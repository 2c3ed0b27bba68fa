package dev.vertxmicro.broker.mqtt;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.testkit.BrokerContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Requires(Requirement.MOSQUITTO)
class MqttBrokerTest extends BrokerContract {
    @TempDir
    static Path directory = Path.of("");

    private static @Nullable Vertx engine;
    private static @Nullable Mosquitto server;

    @BeforeAll
    static void start() {
        engine = Vertx.vertx();
        server = Mosquitto.start(directory);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        await(engine().close());
    }

    private static Vertx engine() {
        return Objects.requireNonNull(engine);
    }

    MqttBrokerOptions options() {
        String address = server == null ? "" : server.address();
        return MqttBrokerOptions.DEFAULTS.withAddresses(List.of(address));
    }

    @Override
    protected Broker broker() {
        return MqttBroker.create(engine(), options());
    }

    @Override
    protected Broker peer(Broker first) {
        return broker();
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(engine());
    }
}
