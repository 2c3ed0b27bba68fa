package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "etcdv3"}, go-plugins' older name of what {@code etcd} is. */
public final class Etcdv3RegistryProvider implements RegistryProvider {
    private final EtcdRegistryProvider etcd = new EtcdRegistryProvider();

    /** For the service loader. */
    public Etcdv3RegistryProvider() {}

    @Override
    public String type() {
        return "etcdv3";
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        return etcd.configure(section);
    }
}
