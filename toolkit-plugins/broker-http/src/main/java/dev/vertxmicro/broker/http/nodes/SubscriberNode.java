package dev.vertxmicro.broker.http.nodes;

import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription as the registry tells it, in go-micro's form: all subscriptions are nodes of one service, whose versions are the
 * queues.
 *
 * @param form    the form of the broker, by its service
 * @param version the queue, {@link #BROADCAST} for none
 * @param topic   the topic
 * @param id      unique; what comes for it names it
 * @param address {@code host:port}
 * @param secure  whether TLS is spoken there
 */
public record SubscriberNode(Generation form, String version, String topic, String id, String address, boolean secure) {
    /** Version of the nodes that get every message. */
    public static final String BROADCAST = "ff.http.broadcast";
    /**
     * Metadata of a node that stands for a subscription which is registered in the first form too, under the id it names: who
     * knows both forms sends there only.
     */
    static final String TWIN = "twin";

    /** Reads the only node of an entry; empty if it is none of an HTTP broker, or the second node of a subscription. */
    static Optional<SubscriberNode> from(ServiceInfo single) {
        Node node = single.nodes().get(0);
        Map<String, String> metadata = node.metadata();
        String topic = metadata.getOrDefault("topic", "");
        Optional<Generation> form = Generation.ofService(single.name());
        if (form.isEmpty() || topic.isEmpty() || metadata.containsKey(TWIN) || !"http".equals(metadata.get("broker"))) {
            return Optional.empty();
        }
        boolean secure = "true".equals(metadata.get("secure"));
        return Optional.of(new SubscriberNode(form.get(), single.version(), topic, node.id(), node.address(), secure));
    }

    /** True if every node of its topic gets each message, false if one of its queue group does. */
    public boolean isBroadcast() {
        return version.equals(BROADCAST);
    }

    @Override
    public String toString() {
        return id + " at " + address;
    }
}
