package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** Provides {@code "type": "kubernetes"}. */
public final class KubernetesRegistryProvider implements RegistryProvider {

    /** For the service loader. */
    public KubernetesRegistryProvider() {}

    @Override
    public String type() {
        return KubernetesRegistry.TYPE;
    }

    @Override
    public Function<Vertx, Registry> configure(Section section) {
        KubernetesRegistryOptions options = read(section);
        return vertx -> KubernetesRegistry.create(vertx, options);
    }

    static KubernetesRegistryOptions read(Section section) {
        KubernetesRegistryOptions defaults = KubernetesRegistryOptions.DEFAULTS;
        return section.build(() -> defaults.withAddress(section.string("address", defaults.address()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout())));
    }
}
