package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;

/** Words the answers about what is known. */
final class RegistryReplies {
    private static final int NODES_A_PAGE = 1000;

    private RegistryReplies() {}

    static JsonObject services(List<ServiceInfo> services) {
        return new JsonObject()
                .put(
                        "services",
                        new JsonArray(services.stream().map(ServiceJson::write).toList()));
    }

    static JsonObject names(List<String> names) {
        return new JsonObject().put("services", new JsonArray(names));
    }

    /** Answers with the services after a name, as many as make a message of some size. */
    static JsonObject page(BackendMirror mirror, String after) {
        List<String> names = mirror.names();
        int found = Collections.binarySearch(names, after);
        int next = found >= 0 ? found + 1 : -found - 1;
        JsonArray services = new JsonArray();
        int nodes = 0;
        while (next < names.size() && nodes < NODES_A_PAGE) {
            for (ServiceInfo version : mirror.get(names.get(next))) {
                services.add(ServiceJson.write(version));
                nodes += version.nodes().size();
            }
            next++;
        }
        return new JsonObject().put("services", services).put("more", next < names.size());
    }

    static JsonObject position(JsonObject answer, String verticle, long sequence) {
        return answer.put(BusProtocol.VERTICLE, verticle).put(BusProtocol.SEQUENCE, sequence);
    }
}
