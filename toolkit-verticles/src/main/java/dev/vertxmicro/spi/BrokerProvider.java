package dev.vertxmicro.spi;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Makes brokers of one type. */
public interface BrokerProvider extends Provider {

    /**
     * Reads the settings of this type. Called for its section of every descriptor, even where another type is chosen.
     *
     * @param section {@code $.broker.<type>}
     * @return makes the broker
     */
    Function<Vertx, Broker> configure(Section section);
}
