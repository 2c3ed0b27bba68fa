package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.StaticNodes;
import dev.vertxmicro.spi.RegistrySettings;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code selector}.
 *
 * @param options how nodes are chosen
 * @param sources where they are found
 */
record SelectorSection(SelectorOptions options, NodeSources sources) {
    static SelectorSection from(Section selector, Section registry) {
        SelectorType type = selector.choice("type", SelectorType.CACHE, SelectorType.byText());
        EjectionOptions ejection = EjectionSection.from(selector, type);
        Map<SpecialService, SelectOptions> special =
                SpecialService.from(selector.sections("services"), type.place(), ejection);
        return new SelectorSection(
                options(selector, ejection, special), sources(selector, type.place(), special.keySet(), registry));
    }

    private static SelectorOptions options(
            Section selector, EjectionOptions ejection, Map<SpecialService, SelectOptions> special) {
        SelectorOptions defaults = SelectorOptions.DEFAULTS;
        Map<String, SelectOptions> services = new LinkedHashMap<>();
        special.forEach((service, options) -> services.put(service.name(), options));
        return selector.build(() -> defaults.withStrategy(
                        StrategySettings.from(selector).toStrategy())
                .withFilters(FilterSettings.from(selector.section("filters")).toFilters())
                .withServices(services)
                .withCacheTtl(selector.duration("cacheTtl", defaults.cacheTtl()))
                .withEjection(ejection));
    }

    private static NodeSources sources(
            Section selector, SelectorType type, Iterable<SpecialService> special, Section registry) {
        Map<String, SelectorType> services = new LinkedHashMap<>();
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        Optional<Function<Vertx, Registry>> dns =
                type == SelectorType.DNS ? Optional.of(dns(registry, selector)) : Optional.empty();
        for (SpecialService service : special) {
            if (service.type().place() != type) {
                services.put(service.name(), service.type().place());
            }
            if (!service.addresses().isEmpty()) {
                addresses.put(service.name(), service.addresses());
            }
            if (service.type() == SelectorType.DNS && dns.isEmpty()) {
                dns = Optional.of(dns(registry, selector));
            }
        }
        Section fixed = selector.section("static");
        StaticNodes defaults = StaticNodes.DEFAULTS.withAddresses(addresses);
        StaticNodes nodes = fixed.build(() -> defaults.withDomain(fixed.string("domain", defaults.domain()))
                .withPort(fixed.integer("port", defaults.port())));
        return new NodeSources(type, services, nodes, dns);
    }

    /** The settings are those of the registry of that type, whether services register there or not. */
    private static Function<Vertx, Registry> dns(Section registry, Section selector) {
        return RegistrySettings.registry(registry, NodeSources.DNS, selector.path() + ".type");
    }
}
