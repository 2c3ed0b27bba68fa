package dev.vertxmicro.broker.http.wire;

import dev.vertxmicro.message.Headers;
import java.util.List;
import java.util.Optional;

/**
 * The two forms of go-micro's HTTP broker, which do not know each other: that of v1.18, and that of v2 and all later ones. A
 * subscription of ours is registered in both; a message goes to each node in that node's form.
 */
public enum Generation {
    /** v1.18. */
    FIRST("go.micro.http.broker", "/_sub", WireMessage.TOPIC),
    /** v2, v4, v5, v6. */
    LATER("micro.http.broker", "/", Headers.TOPIC);

    public static final List<Generation> ALL = List.of(values());

    private final String service;
    private final String path;
    private final String topicHeader;

    Generation(String service, String path, String topicHeader) {
        this.service = service;
        this.path = path;
        this.topicHeader = topicHeader;
    }

    /** Name of the service whose nodes are the subscriptions. */
    public String service() {
        return service;
    }

    /** Where messages are sent to. */
    public String path() {
        return path;
    }

    /** The header of the envelope that names the topic. */
    String topicHeader() {
        return topicHeader;
    }

    /** Finds the form of a node by the service it is registered as. */
    public static Optional<Generation> ofService(String name) {
        return ALL.stream().filter(each -> each.service.equals(name)).findFirst();
    }

    /** Finds the form of a request by its path. */
    public static Optional<Generation> ofPath(String path) {
        return ALL.stream().filter(each -> each.path.equals(path)).findFirst();
    }
}
