package dev.vertxmicro.spi;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.Exposure;
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

    /**
     * As {@link #configure(Section)}, for a broker that takes connections itself: where its own settings say nothing, it is to be
     * reached as the service is, and no more.
     *
     * @param section {@code $.broker.<type>}
     * @param service where the service takes calls, and how that is secured
     * @return makes the broker
     */
    default BiFunction<Vertx, Registry, Broker> configure(Section section, Exposure service) {
        return configure(section);
    }

    /**
     * As {@link #configure(Section, Exposure)}, for a broker that others know by an identity of its own.
     *
     * @param section {@code $.broker.<type>}
     * @param service where the service takes calls, and how that is secured
     * @param who     who the service is
     * @return makes the broker
     */
    default BiFunction<Vertx, Registry, Broker> configure(Section section, Exposure service, ServiceIdentity who) {
        return configure(section, service);
    }
}
