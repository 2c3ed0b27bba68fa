package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
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
        return section.build(Map.of("addresses", "address"), () -> defaults.withAddresses(
                        section.list("address", defaults.addresses()))
                .withLogin(
                        section.string("user", defaults.user()),
                        section.secret("password").reveal())
                .withChroot(section.string("chroot", defaults.chroot()))
                .withWorldReadable(section.bool("worldReadable", defaults.worldReadable()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout()))
                .withSessionTimeout(section.duration("sessionTimeout", defaults.sessionTimeout()))
                .withGrace(section.duration("grace", defaults.grace())));
    }
}
