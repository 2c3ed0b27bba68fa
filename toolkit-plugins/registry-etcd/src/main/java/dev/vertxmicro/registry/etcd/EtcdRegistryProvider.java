package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.etcd.member.EtcdMethods;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
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
        EtcdMethods.prepare();
        return vertx -> EtcdRegistry.create(vertx, options);
    }

    static EtcdRegistryOptions read(Section section) {
        EtcdRegistryOptions defaults = EtcdRegistryOptions.DEFAULTS;
        TlsOptions tls = TlsOptions.read(section);
        return section.build(
                Map.of("addresses", "address"),
                () -> new EtcdRegistryOptions(
                        section.list("address", defaults.addresses()),
                        section.string("user", defaults.user()),
                        section.secret("password"),
                        section.string("prefix", defaults.prefix()),
                        section.duration("requestTimeout", defaults.requestTimeout()),
                        section.duration("grace", defaults.grace()),
                        section.integer("maxWatches", defaults.maxWatches()),
                        tls));
    }
}
