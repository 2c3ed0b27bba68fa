package dev.vertxmicro.broker.http;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription as the registry tells it, in go-micro's form: all subscriptions are nodes of one service, whose versions are the
 * queues.
 *
 * @param version the queue, {@link #BROADCAST} for none
 * @param topic   the topic
 * @param id      unique; what comes for it names it
 * @param address {@code host:port}
 * @param secure  whether TLS is spoken there
 */
record SubscriberNode(String version, String topic, String id, String address, boolean secure) {
    /** The service. */
    static final String SERVICE = "go.micro.http.broker";
    /** Version of the nodes that get every message. */
    static final String BROADCAST = "ff.http.broadcast";

    /** Reads the only node of an entry; empty if it is none of an HTTP broker. */
    static Optional<SubscriberNode> from(ServiceInfo single) {
        Node node = single.nodes().get(0);
        Map<String, String> metadata = node.metadata();
        String topic = metadata.getOrDefault("topic", "");
        if (topic.isEmpty() || !"http".equals(metadata.get("broker"))) {
            return Optional.empty();
        }
        boolean secure = "true".equals(metadata.get("secure"));
        return Optional.of(new SubscriberNode(single.version(), topic, node.id(), node.address(), secure));
    }

    boolean isBroadcast() {
        return version.equals(BROADCAST);
    }

    @Override
    public String toString() {
        return id + " at " + address;
    }
}
