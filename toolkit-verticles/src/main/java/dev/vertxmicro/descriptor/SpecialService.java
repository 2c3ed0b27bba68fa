package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.selector.SelectOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a descriptor says of the nodes of one service.
 *
 * @param name which service
 */
public record SpecialService(String name) {

    /** Checks the name. */
    public SpecialService {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: \"\" (expected: the name of a service)");
        }
    }

    /**
     * Reads the services.
     *
     * @param sections an element each
     * @return what is special, by name
     * @throws ConfigException for a bad value, or a service that is there twice
     */
    public static Map<String, SelectOptions> from(List<Section> sections) {
        Map<String, SelectOptions> services = new LinkedHashMap<>();
        for (Section section : sections) {
            String name = section.build(() -> new SpecialService(section.string("name", "")))
                    .name();
            StrategySettings strategy = StrategySettings.from(section);
            SelectOptions special = new SelectOptions(
                    FilterSettings.from(section.section("filters")).toFilters(),
                    StrategySettings.isIn(section) ? Optional.of(strategy.toStrategy()) : Optional.empty());
            section.end();
            if (services.put(name, special) != null) {
                throw new ConfigException(section.path() + ".name", "\"" + name + "\" (expected: once)");
            }
        }
        return services;
    }
}
