package dev.vertxmicro.broker.http;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.BrokerContract;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** The contract, by real HTTP over loopback. */
class HttpBrokerTest extends BrokerContract {
    private static final HttpBrokerOptions LOOPBACK = HttpBrokerOptions.DEFAULTS.withAddress("127.0.0.1:0", "");

    private static final Vertx VERTX = Vertx.vertx();
    private final Registry registry = Registry.inMemory(VertxTimers.of(VERTX));

    @AfterAll
    static void stopVertx() {
        await(VERTX.close());
    }

    @Override
    protected Broker broker() {
        return HttpBroker.create(VERTX, registry, LOOPBACK);
    }

    @Override
    protected Broker peer(Broker first) {
        return HttpBroker.create(VERTX, registry, LOOPBACK);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
