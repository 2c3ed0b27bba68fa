package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.testkit.TransportContract;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class EventBusTransportTest extends TransportContract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Transport transport() {
        return EventBusTransport.create(VERTX, EventBusTransportOptions.DEFAULTS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
