package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "dns-sd"}. */
public final class DnsSdRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public DnsSdRegistryProvider() {}

    @Override
    public String type() {
        return DnsSdRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        DnsSdOptions options = read(section);
        return vertx -> DnsSdRegistry.create(vertx, options);
    }

    static DnsSdOptions read(Section section) {
        DnsSdOptions defaults = DnsSdOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withLookupTimeout(section.duration("lookupTimeout", defaults.lookupTimeout()))
                .withRecordTtl(section.duration("recordTtl", defaults.recordTtl())));
    }
}
