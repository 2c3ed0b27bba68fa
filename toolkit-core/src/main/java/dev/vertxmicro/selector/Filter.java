package dev.vertxmicro.selector;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.filtering.EndpointFilter;
import dev.vertxmicro.selector.filtering.MetadataFilter;
import dev.vertxmicro.selector.filtering.VersionFilter;
import java.util.List;

/**
 * Leaves some nodes of a service out: go-micro's {@code selector.Filter}. Stateless; may be used concurrently. One that is a record, as
 * those made here are, is asked when the nodes have changed; any other that comes with a call, at each call.
 */
@FunctionalInterface
public interface Filter {

    /**
     * Keeps one version.
     *
     * @param version the version
     * @return the filter
     */
    static Filter version(String version) {
        return new VersionFilter(version);
    }

    /**
     * Keeps versions that have an endpoint.
     *
     * @param endpoint its name
     * @return the filter
     */
    static Filter endpoint(String endpoint) {
        return new EndpointFilter(endpoint);
    }

    /**
     * Keeps nodes whose metadata says so.
     *
     * @param key the entry
     * @param value what it must be
     * @return the filter
     */
    static Filter label(String key, String value) {
        return new MetadataFilter(key, value);
    }

    /**
     * Chooses among the versions of a service.
     *
     * @param services the versions with their nodes
     * @return what is left
     */
    List<ServiceInfo> apply(List<ServiceInfo> services);
}
