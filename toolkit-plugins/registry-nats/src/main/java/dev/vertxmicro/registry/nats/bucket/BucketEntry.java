package dev.vertxmicro.registry.nats.bucket;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.nodes.NatsNodeKey;
import dev.vertxmicro.registry.nats.nodes.ToldNode;
import io.nats.client.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message of the bucket says of a node.
 *
 * @param key  of the node
 * @param told the node; empty if it is gone
 * @param at   when it was said, by the clock of the server
 */
record BucketEntry(NatsNodeKey key, Optional<ToldNode> told, Instant at) {
    private static final String OPERATION = "KV-Operation";

    /** Reads a message; empty if it is none of ours. */
    static Optional<BucketEntry> read(Message message, int prefix) {
        Instant at = message.metaData().timestamp().toInstant();
        return BucketKey.read(message.getSubject().substring(prefix)).flatMap(key -> {
            String operation = message.hasHeaders() ? message.getHeaders().getFirst(OPERATION) : null;
            if (operation != null) {
                return Optional.of(new BucketEntry(key, Optional.empty(), at));
            }
            return BucketEntryJson.read(key, data(message.getData()))
                    .map(told -> new BucketEntry(key, Optional.of(told), at));
        });
    }

    private static byte[] data(byte @Nullable [] body) {
        return body == null ? new byte[0] : body;
    }

    /** Gives the node with what is left of its time; empty if that is over, or the node gone. */
    Optional<ToldNode> leftAt(Instant now) {
        return told.flatMap(node -> {
            if (node.ttl().isZero()) {
                return told;
            }
            Duration left = node.ttl().minus(Duration.between(at, now));
            if (left.isNegative() || left.isZero()) {
                return Optional.empty();
            }
            return Optional.of(new ToldNode(node.service(), left.compareTo(node.ttl()) < 0 ? left : node.ttl()));
        });
    }

    /** Gives what names the node. */
    ServiceInfo named() {
        return new ServiceInfo(
                key.name(), key.version(), Map.of(), List.of(), List.of(new Node(key.id(), "", Map.of())));
    }
}
