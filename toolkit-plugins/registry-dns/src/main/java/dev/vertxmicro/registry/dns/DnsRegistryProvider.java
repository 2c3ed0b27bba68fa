package dev.vertxmicro.registry.dns;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "dns"}. */
public final class DnsRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public DnsRegistryProvider() {}

    @Override
    public String type() {
        return DnsRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        DnsRegistryOptions options = read(section);
        return vertx -> DnsRegistry.create(vertx, options);
    }

    static DnsRegistryOptions read(Section section) {
        DnsRegistryOptions defaults = DnsRegistryOptions.DEFAULTS;
        return section.build(
                Map.of("addresses", "address"),
                () -> new DnsRegistryOptions(
                        section.list("address", defaults.addresses()),
                        section.string("domain", defaults.domain()),
                        section.string("name", defaults.name()),
                        section.integer("port", defaults.port()),
                        section.duration("queryTimeout", defaults.queryTimeout()),
                        section.duration("minTtl", defaults.minTtl()),
                        section.duration("maxTtl", defaults.maxTtl()),
                        section.duration("negativeTtl", defaults.negativeTtl())));
    }
}
