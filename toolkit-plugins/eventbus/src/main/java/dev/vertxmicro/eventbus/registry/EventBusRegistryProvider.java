package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "eventbus"}. */
public final class EventBusRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public EventBusRegistryProvider() {}

    @Override
    public String type() {
        return EventBusRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        EventBusRegistryOptions options = EventBusRegistryOptions.from(section);
        return vertx -> EventBusRegistry.create(vertx, options);
    }
}
