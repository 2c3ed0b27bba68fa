package dev.vertxmicro.registry.zookeeper.wire;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What a node of ZooKeeper holds: go-micro's JSON of a service with one node. */
public final class ZnodeValue {
    /** What a server takes in one request is some bytes more, by default. */
    public static final int MOST_BYTES = 1_000_000;

    private static final RareWarning FOREIGN = RareWarning.of(LateLogger.of(ZnodeValue.class));

    private ZnodeValue() {}

    /**
     * Writes a service.
     *
     * @param single with one node
     * @return the JSON
     */
    public static byte[] write(ServiceInfo single) {
        return ServiceJson.write(single).toBuffer().getBytes();
    }

    /**
     * Reads a service. What is none of go-micro's, or lies in another one's folder, is left out, with a line in the
     * log.
     *
     * @param folder that it was found in
     * @param child  its name there
     * @param value  what it holds; null for nothing
     * @return the service with its nodes; empty if there is none
     */
    public static Optional<ServiceInfo> read(String folder, String child, byte[] value) {
        try {
            ServiceInfo service = ServiceJson.readService(new JsonObject(Buffer.buffer(value)));
            if (!ZnodePaths.folder(service.name()).equals(folder)) {
                throw new IllegalArgumentException("name: " + service.name() + " (expected: that of its folder)");
            }
            ServiceInfo whole = service.withNodes(service.nodes().stream()
                    .filter(node -> !node.id().isEmpty() && !node.address().isEmpty())
                    .toList());
            if (whole.nodes().isEmpty()) {
                throw new IllegalArgumentException("nodes: none (expected: one with id and address)");
            }
            return Optional.of(whole);
        } catch (RuntimeException | StackOverflowError e) {
            FOREIGN.warn("zookeeper: " + folder + "/" + child + " left out, no service of go-micro's: " + e);
            return Optional.empty();
        }
    }

    /**
     * Picks a service from what its folder holds, as another name may have the same folder.
     *
     * @param name  of the service
     * @param found what the folder holds
     * @return those of the name
     */
    public static List<ServiceInfo> named(String name, List<ServiceInfo> found) {
        return found.stream().filter(service -> service.name().equals(name)).toList();
    }
}
