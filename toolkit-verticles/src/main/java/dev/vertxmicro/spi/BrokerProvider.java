package dev.vertxmicro.spi;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import io.vertx.core.Vertx;
import java.util.function.BiFunction;

/** Makes brokers of one type. */
public interface BrokerProvider extends Provider {

    /**
     * Reads the settings of this type. Called for its section of every descriptor, even where another type is chosen.
     *
     * @param section {@code $.broker.<type>}
     * @return makes the broker
     */
    BiFunction<Vertx, Registry, Broker> configure(Section section);
}
