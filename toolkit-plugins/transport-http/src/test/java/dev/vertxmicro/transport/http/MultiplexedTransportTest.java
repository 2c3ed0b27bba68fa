package dev.vertxmicro.transport.http;

import dev.vertxmicro.testkit.TransportContract;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.multiplex.WarmedTransport;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** The suite on connections that are multiplexed already. */
class MultiplexedTransportTest extends TransportContract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Transport transport() {
        return new WarmedTransport(VERTX, HttpTransport.create(VERTX, HttpTransportOptions.DEFAULTS));
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
