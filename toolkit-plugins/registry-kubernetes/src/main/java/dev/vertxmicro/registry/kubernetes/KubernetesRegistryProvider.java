package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import io.vertx.core.Vertx;
import java.util.Map;
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
        TlsOptions tls = TlsOptions.read(section);
        return section.build(Map.of("addresses", "address"), () -> defaults.withAddresses(
                        section.list("address", defaults.addresses()))
                .withNamespace(section.string("namespace", defaults.namespace()))
                .withPod(section.string("pod", defaults.pod()))
                .withToken(section.secret("token"))
                .withTokenFile(section.string("tokenFile", defaults.tokenFile()))
                .withEndpointSlices(section.bool("endpointSlices", defaults.endpointSlices()))
                .withPort(section.string("port", defaults.port()))
                .withRenewals(section.bool("renewals", defaults.renewals()))
                .withRequestTimeout(section.duration("requestTimeout", defaults.requestTimeout()))
                .withWatchTimeout(section.duration("watchTimeout", defaults.watchTimeout()))
                .withGrace(section.duration("grace", defaults.grace()))
                .withTls(tls));
    }
}
