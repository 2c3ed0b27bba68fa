package dev.vertxmicro.engine;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.testkit.BrokerContract;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class MemoryBrokerOnVertxTest extends BrokerContract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Broker broker() {
        return Broker.inMemory(VertxTimers.of(VERTX));
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
