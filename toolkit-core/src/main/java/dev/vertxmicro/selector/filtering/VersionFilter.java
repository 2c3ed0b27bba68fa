package dev.vertxmicro.selector.filtering;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Filter;
import java.util.List;

/**
 * Keeps one version.
 *
 * @param version the version
 */
public record VersionFilter(String version) implements Filter {
    @Override
    public List<ServiceInfo> apply(List<ServiceInfo> services) {
        return services.stream().filter(s -> s.version().equals(version)).toList();
    }
}
