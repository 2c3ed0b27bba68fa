package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.spi.TransportProvider;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "eventbus"}. */
public final class EventBusTransportProvider implements TransportProvider {

    /** For the service loader. */
    public EventBusTransportProvider() {}

    @Override
    public String type() {
        return EventBusTransport.TYPE;
    }

    @Override
    public Function<Vertx, Transport> configure(Section section, Section client) {
        EventBusTransportOptions options = EventBusTransportOptions.from(section);
        return vertx -> EventBusTransport.create(vertx, options);
    }
}
