package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.nats.nodes.NatsNodeKey;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** Values of entries: go-micro's JSON of a service with one node, and {@code ttl} beside, the milliseconds that it holds. */
public final class BucketEntryJson {
    private static final String TTL = "ttl";
    private static final long LONGEST_MILLIS = Duration.ofDays(3650).toMillis();

    private BucketEntryJson() {}

    /** Writes a value. */
    static byte[] write(ToldNode node) {
        JsonObject json = ServiceJson.write(node.service());
        if (!node.ttl().isZero()) {
            json.put(TTL, Math.max(1, node.ttl().toMillis()));
        }
        return json.toBuffer().getBytes();
    }

    /**
     * Reads a value.
     *
     * @param key   that it was found by
     * @param value the value
     * @return empty if it is none of ours, or another node's
     */
    public static Optional<ToldNode> read(NatsNodeKey key, byte[] value) {
        try {
            JsonObject json = new JsonObject(Buffer.buffer(value));
            ServiceInfo service = ServiceJson.readService(json);
            long millis = json.getValue(TTL) instanceof Number number ? number.longValue() : 0;
            Duration ttl = Duration.ofMillis(Math.max(0, Math.min(millis, LONGEST_MILLIS)));
            boolean own = service.nodes().size() == 1 && NatsNodeKey.of(service).equals(key);
            return own ? Optional.of(new ToldNode(service, ttl)) : Optional.empty();
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
