package dev.vertxmicro.spi;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "memory"}: a broker of this deployment only. */
public final class MemoryBrokerProvider implements BrokerProvider {

    /** For the service loader. */
    public MemoryBrokerProvider() {}

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Function<Vertx, Broker> configure(Section section) {
        return vertx -> Broker.inMemory(VertxTimers.of(vertx));
    }
}
