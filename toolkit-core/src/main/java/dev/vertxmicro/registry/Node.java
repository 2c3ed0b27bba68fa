package dev.vertxmicro.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One running instance of a service.
 *
 * @param id       unique name of the node, {@code <service>-<uuid>} by custom
 * @param address  where it is called, {@code host:port}
 * @param metadata what it says of itself, {@code protocol=mucp} among it; sorted by name
 */
public record Node(String id, String address, Map<String, String> metadata) {

    /** Copies the metadata. */
    public Node {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}
