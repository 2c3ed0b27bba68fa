package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "etcd"}. */
public final class EtcdRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public EtcdRegistryProvider() {}

    @Override
    public String type() {
        return EtcdRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        EtcdRegistryOptions options = read(section);
        return vertx -> EtcdRegistry.create(vertx, options);
    }

    static EtcdRegistryOptions read(Section section) {
        EtcdRegistryOptions defaults = EtcdRegistryOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
