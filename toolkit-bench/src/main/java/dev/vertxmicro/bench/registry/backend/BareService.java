package dev.vertxmicro.bench.registry.backend;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/** What a bare client writes: the bytes that a registry would. */
final class BareService {
    static final String NAME = "bare";

    private BareService() {}

    static Buffer json(String id) {
        Node node = new Node(id, "10.0.0.1:9000", Map.of("protocol", "mucp"));
        return ServiceJson.write(new ServiceInfo(NAME, "1.0.0", Map.of(), List.of(), List.of(node)))
                .toBuffer();
    }

    static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
