package dev.vertxmicro.spi;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;

/** Provides {@code "type": "memory"}: a broker of this deployment only. */
public final class MemoryBrokerProvider implements BrokerProvider {

    /** For the service loader. */
    public MemoryBrokerProvider() {}

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section) {
        return (vertx, registry) -> Broker.inMemory(VertxTimers.of(vertx));
    }
}
