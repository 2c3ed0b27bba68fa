package dev.vertxmicro.selector.filtering;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Filter;
import java.util.List;

/**
 * Keeps nodes whose metadata says so.
 *
 * @param key   the entry
 * @param value what it must be
 */
public record MetadataFilter(String key, String value) implements Filter {
    @Override
    public List<ServiceInfo> apply(List<ServiceInfo> services) {
        return services.stream()
                .map(service -> service.withNodes(service.nodes().stream()
                        .filter(node -> value.equals(node.metadata().get(key)))
                        .toList()))
                .filter(service -> !service.nodes().isEmpty())
                .toList();
    }
}
