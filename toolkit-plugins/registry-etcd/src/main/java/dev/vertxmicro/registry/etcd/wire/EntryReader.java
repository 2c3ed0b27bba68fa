package dev.vertxmicro.registry.etcd.wire;

import com.google.protobuf.ByteString;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.KeyValue;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * Reads what is kept under a key: a service with one node, as go-micro writes it. What somebody else has put there, or what exceeds the
 * limit, is left out with a line in the log.
 *
 * @param keys where nodes are
 */
public record EntryReader(EtcdKeys keys) {
    /** Most bytes of a value, of ours too; etcd itself takes 1.5 MiB by default. */
    public static final int LARGEST_VALUE = 1 << 20;

    private static final int SHOWN = 200;
    private static final System.Logger LOG = LateLogger.of(EntryReader.class);
    private static final RareWarning UNREADABLE = RareWarning.of(LOG);

    /**
     * Reads an entry.
     *
     * @param entry the key and what is there
     * @return the service with one node; empty if it is none
     */
    public Optional<ServiceInfo> read(KeyValue entry) {
        if (entry.getValue().size() > LARGEST_VALUE) {
            return leftOut(entry, entry.getValue().size() + " bytes (expected: <= " + LARGEST_VALUE + ")");
        }
        try {
            ServiceInfo service =
                    ServiceJson.readService(new JsonObject(entry.getValue().toStringUtf8()));
            if (service.name().isEmpty() || service.nodes().size() != 1) {
                return leftOut(
                        entry, service.nodes().size() + " nodes (expected: the name of a service, and one node)");
            }
            ByteString own = keys.node(service.name(), service.nodes().get(0).id());
            return own.equals(entry.getKey()) ? Optional.of(service) : leftOut(entry, "the key of another node");
        } catch (RuntimeException | StackOverflowError e) {
            return leftOut(entry, "not go-micro's JSON of a service: " + e.getMessage());
        }
    }

    private static Optional<ServiceInfo> leftOut(KeyValue entry, String why) {
        UNREADABLE.warn("etcd: " + shortened(entry.getKey().toStringUtf8()) + " left out: " + shortened(why));
        return Optional.empty();
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
