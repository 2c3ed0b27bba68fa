package dev.vertxmicro.spi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
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

    /**
     * Tells how connections of this type are secured.
     *
     * @param section {@code $.transport.<type>}
     * @return how; off unless the type knows TLS and the section wants it
     */
    default TlsOptions tls(Section section) {
        return TlsOptions.OFF;
    }
}
