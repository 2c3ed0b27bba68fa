package dev.vertxmicro.selector.filtering;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Filter;
import java.util.List;

/**
 * Keeps versions that have an endpoint.
 *
 * @param endpoint its name
 */
public record EndpointFilter(String endpoint) implements Filter {
    @Override
    public List<ServiceInfo> apply(List<ServiceInfo> services) {
        return services.stream()
                .filter(s -> s.endpoints().stream().anyMatch(e -> e.name().equals(endpoint)))
                .toList();
    }
}
