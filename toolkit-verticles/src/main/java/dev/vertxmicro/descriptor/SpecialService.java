package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.SelectOptions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a descriptor says of the nodes of one service.
 *
 * @param name      which service
 * @param type      where its nodes are found, where that is not where those of others are, and for blacklist when they are left out
 * @param addresses where its nodes are, `host:port`; they are found there and nowhere else, as by the type static
 */
public record SpecialService(String name, SelectorType type, List<String> addresses) {

    /** Checks name and addresses. */
    public SpecialService {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: \"\" (expected: the name of a service)");
        }
        addresses = List.copyOf(addresses);
        for (int i = 0; i < addresses.size(); i++) {
            HostPort.advertised("addresses[" + i + "]", addresses.get(i));
        }
        if (!addresses.isEmpty() && type != SelectorType.STATIC) {
            throw new IllegalArgumentException("addresses: " + addresses + " (expected: none, or type static)");
        }
    }

    /**
     * Reads the services.
     *
     * @param sections an element each
     * @param usual    where nodes are found of which nothing is said
     * @param ejection when nodes are left out of which nothing is said
     * @return what is special about how nodes are chosen, by service
     * @throws ConfigException for a bad value, or a service that is there twice
     */
    public static Map<SpecialService, SelectOptions> from(
            List<Section> sections, SelectorType usual, EjectionOptions ejection) {
        Map<SpecialService, SelectOptions> services = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            SpecialService service = section.build(() -> {
                List<String> addresses = section.strings("addresses");
                if (addresses.isEmpty() && section.has("addresses")) {
                    throw new IllegalArgumentException("addresses: [] (expected: at least one, or no such key)");
                }
                SelectorType otherwise = addresses.isEmpty() ? usual : SelectorType.STATIC;
                return new SpecialService(
                        section.string("name", ""),
                        section.choice("type", otherwise, SelectorType.byText()),
                        addresses);
            });
            StrategySettings strategy = StrategySettings.from(section);
            SelectOptions special = new SelectOptions(
                    FilterSettings.from(section.section("filters")).toFilters(),
                    StrategySettings.isIn(section) ? Optional.of(strategy.toStrategy()) : Optional.empty(),
                    EjectionSection.ofService(section, service.type(), ejection));
            section.end();
            if (!names.add(service.name())) {
                throw new ConfigException(section.path() + ".name", "\"" + service.name() + "\" (expected: once)");
            }
            services.put(service, special);
        }
        return services;
    }
}
