package dev.vertxmicro.transport.http;

import dev.vertxmicro.testkit.TransportContract;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class HttpTransportTest extends TransportContract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Transport transport() {
        return HttpTransport.create(VERTX, HttpTransportOptions.DEFAULTS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
