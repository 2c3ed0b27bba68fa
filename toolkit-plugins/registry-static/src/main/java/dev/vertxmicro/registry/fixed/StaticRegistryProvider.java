package dev.vertxmicro.registry.fixed;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "static"}. */
public final class StaticRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public StaticRegistryProvider() {}

    @Override
    public String type() {
        return StaticRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        StaticRegistryOptions options = read(section);
        return vertx -> StaticRegistry.create(vertx, options);
    }

    static StaticRegistryOptions read(Section section) {
        StaticRegistryOptions defaults = StaticRegistryOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
