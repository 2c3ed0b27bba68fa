package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "zookeeper"}. */
public final class ZookeeperRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public ZookeeperRegistryProvider() {}

    @Override
    public String type() {
        return ZookeeperRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        ZookeeperRegistryOptions options = read(section);
        return vertx -> ZookeeperRegistry.create(vertx, options);
    }

    static ZookeeperRegistryOptions read(Section section) {
        ZookeeperRegistryOptions defaults = ZookeeperRegistryOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
