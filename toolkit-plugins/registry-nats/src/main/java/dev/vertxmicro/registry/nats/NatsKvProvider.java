package dev.vertxmicro.registry.nats;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Function;

/** Provides {@code "type": "nats-kv"}. */
public final class NatsKvProvider implements RegistryProvider {

    /** For the service loader. */
    public NatsKvProvider() {}

    @Override
    public String type() {
        return NatsRegistry.KV_TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        NatsKvOptions options = read(section);
        return vertx -> NatsRegistry.inBucket(vertx, options);
    }

    static NatsKvOptions read(Section section) {
        NatsKvOptions defaults = NatsKvOptions.DEFAULTS;
        TlsOptions tls = TlsOptions.read(section);
        return section.build(
                Map.of("addresses", "address"),
                () -> new NatsKvOptions(
                        section.list("address", defaults.addresses()),
                        section.string("user", defaults.user()),
                        section.secret("password"),
                        section.secret("token"),
                        section.duration("requestTimeout", defaults.requestTimeout()),
                        section.duration("reconnectWait", defaults.reconnectWait()),
                        section.duration("pingInterval", defaults.pingInterval()),
                        section.string("bucket", defaults.bucket()),
                        section.bool("files", defaults.files()),
                        section.integer("replicas", defaults.replicas()),
                        section.duration("bucketTtl", defaults.bucketTtl()),
                        section.duration("grace", defaults.grace()),
                        tls));
    }
}
