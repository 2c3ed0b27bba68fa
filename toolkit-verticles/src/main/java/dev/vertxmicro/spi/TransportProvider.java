package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Makes transports of one type. */
public interface TransportProvider extends Provider {

    /**
     * Reads the settings of this type. Called for its section of every descriptor, even where another type is chosen.
     *
     * @param section {@code $.transport.<type>}
     * @param client  {@code $.client}, for the pool settings that go-micro keeps there
     * @return makes the transport
     */
    Function<Vertx, Transport> configure(Section section, Section client);
}
