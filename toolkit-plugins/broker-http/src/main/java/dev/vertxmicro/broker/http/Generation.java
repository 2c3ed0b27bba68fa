package dev.vertxmicro.broker.http;

import dev.vertxmicro.message.Headers;
import java.util.List;
import java.util.Optional;

/**
 * The two forms of go-micro's HTTP broker, which do not know each other: that of v1.18, and that of v2 and all later ones. A
 * subscription of ours is registered in both; a message goes to each node in that node's form.
 */
enum Generation {
    /** v1.18. */
    FIRST("go.micro.http.broker", "/_sub", WireMessage.TOPIC),
    /** v2, v4, v5, v6. */
    LATER("micro.http.broker", "/", Headers.TOPIC);

    static final List<Generation> ALL = List.of(values());

    /** Name of the service whose nodes are the subscriptions. */
    final String service;
    /** Where messages are sent to. */
    final String path;
    /** The header of the envelope that names the topic. */
    final String topicHeader;

    Generation(String service, String path, String topicHeader) {
        this.service = service;
        this.path = path;
        this.topicHeader = topicHeader;
    }

    /** Finds the form of a node by the service it is registered as. */
    static Optional<Generation> ofService(String name) {
        return ALL.stream().filter(each -> each.service.equals(name)).findFirst();
    }

    /** Finds the form of a request by its path. */
    static Optional<Generation> ofPath(String path) {
        return ALL.stream().filter(each -> each.path.equals(path)).findFirst();
    }
}
