package dev.vertxmicro.registry.nats;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "nats"}. */
public final class NatsRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public NatsRegistryProvider() {}

    @Override
    public String type() {
        return NatsRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        NatsRegistryOptions options = read(section);
        return vertx -> NatsRegistry.create(vertx, options);
    }

    static NatsRegistryOptions read(Section section) {
        NatsRegistryOptions defaults = NatsRegistryOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
