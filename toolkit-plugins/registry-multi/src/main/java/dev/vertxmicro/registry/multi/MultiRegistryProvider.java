package dev.vertxmicro.registry.multi;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "multi"}. */
public final class MultiRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public MultiRegistryProvider() {}

    @Override
    public String type() {
        return MultiRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        MultiRegistryOptions options = read(section);
        return vertx -> MultiRegistry.create(vertx, options);
    }

    static MultiRegistryOptions read(Section section) {
        MultiRegistryOptions defaults = MultiRegistryOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
