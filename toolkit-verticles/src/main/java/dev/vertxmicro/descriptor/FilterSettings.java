package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.selector.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which nodes a descriptor leaves in.
 *
 * @param version  only nodes of this version are called; empty calls all
 * @param endpoint only nodes of a version that has this endpoint, such as `Greeter.Hello`; empty calls all
 * @param metadata only nodes whose metadata has all of these entries
 */
public record FilterSettings(String version, String endpoint, Map<String, String> metadata) {
    /** Copies the map. */
    public FilterSettings {
        metadata = Map.copyOf(metadata);
    }

    static FilterSettings from(Section section) {
        return section.build(() -> new FilterSettings(
                section.string("version", ""), section.string("endpoint", ""), section.map("metadata")));
    }

    /**
     * Makes the filters.
     *
     * @return one for each that is said
     */
    public List<Filter> toFilters() {
        List<Filter> filters = new ArrayList<>();
        if (!version.isEmpty()) {
            filters.add(Filter.version(version));
        }
        if (!endpoint.isEmpty()) {
            filters.add(Filter.endpoint(endpoint));
        }
        metadata.forEach((key, value) -> filters.add(Filter.label(key, value)));
        return filters;
    }
}
