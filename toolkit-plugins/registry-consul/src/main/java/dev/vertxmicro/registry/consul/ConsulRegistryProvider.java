package dev.vertxmicro.registry.consul;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "consul"}. */
public final class ConsulRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public ConsulRegistryProvider() {}

    @Override
    public String type() {
        return ConsulRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        ConsulOptions options = read(section);
        return vertx -> ConsulRegistry.create(vertx, options);
    }

    static ConsulOptions read(Section section) {
        ConsulOptions defaults = ConsulOptions.DEFAULTS;
        TlsOptions tls = TlsOptions.read(section);
        return section.build(Map.of("addresses", "address"), () -> defaults.withAddresses(
                        section.list("address", defaults.addresses()))
                .withToken(section.secret("token").reveal())
                .withDatacenter(section.string("datacenter", defaults.datacenter()))
                .withStale(section.bool("stale", defaults.stale()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout()))
                .withLongPoll(section.duration("longPoll", defaults.longPoll()))
                .withGrace(section.duration("grace", defaults.grace()))
                .withMaxWatches(section.integer("maxWatches", defaults.maxWatches()))
                .withTls(tls));
    }
}
