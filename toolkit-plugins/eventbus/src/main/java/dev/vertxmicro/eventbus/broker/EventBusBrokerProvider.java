package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.BrokerProvider;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;

/** Provides {@code "type": "eventbus"}. */
public final class EventBusBrokerProvider implements BrokerProvider {

    /** For the service loader. */
    public EventBusBrokerProvider() {}

    @Override
    public String type() {
        return EventBusBroker.TYPE;
    }

    @Override
    public BiFunction<Vertx, Registry, Broker> configure(Section section) {
        EventBusBrokerOptions options = EventBusBrokerOptions.from(section);
        return (vertx, registry) -> EventBusBroker.create(vertx, options);
    }
}
