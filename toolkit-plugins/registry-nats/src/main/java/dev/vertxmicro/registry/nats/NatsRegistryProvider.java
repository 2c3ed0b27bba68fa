package dev.vertxmicro.registry.nats;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "nats"}. */
public final class NatsRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public NatsRegistryProvider() {}

    @Override
    public String type() {
        return NatsRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        NatsRegistryOptions options = read(section);
        return vertx -> NatsRegistry.create(vertx, options);
    }

    static NatsRegistryOptions read(Section section) {
        NatsRegistryOptions defaults = NatsRegistryOptions.DEFAULTS;
        TlsOptions tls = TlsOptions.read(section);
        return section.build(
                Map.of("addresses", "address"),
                () -> new NatsRegistryOptions(
                        section.list("address", defaults.addresses()),
                        section.string("user", defaults.user()),
                        section.secret("password"),
                        section.secret("token"),
                        section.duration("requestTimeout", defaults.requestTimeout()),
                        section.duration("reconnectWait", defaults.reconnectWait()),
                        section.duration("pingInterval", defaults.pingInterval()),
                        section.string("queryTopic", defaults.queryTopic()),
                        section.string("watchTopic", defaults.watchTopic()),
                        section.duration("collect", defaults.collect()),
                        section.duration("refresh", defaults.refresh()),
                        section.duration("grace", defaults.grace()),
                        tls));
    }
}
