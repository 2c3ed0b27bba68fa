package dev.vertxmicro.registry;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a service tells of one of its endpoints.
 *
 * @param name     {@code Greeter.Hello}
 * @param request  shape of the request, if known
 * @param response shape of the response, if known
 * @param metadata {@code stream=true} for a stream, {@code subscriber=true} and {@code topic} for a subscriber; sorted
 */
public record EndpointInfo(
        String name, Optional<Value> request, Optional<Value> response, Map<String, String> metadata) {

    /** Copies the metadata. */
    public EndpointInfo {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}
