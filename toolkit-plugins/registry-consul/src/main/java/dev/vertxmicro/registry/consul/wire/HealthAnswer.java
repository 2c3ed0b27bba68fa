package dev.vertxmicro.registry.consul.wire;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code /v1/health/service} answers, as go-micro does: nodes with a critical check are left out, version, endpoints
 * and metadata come from the tags. A node that two agents know, as it moved from one to the other, counts as the later one.
 *
 * <p>A service without go-micro's tags is one of others: its version is empty, the metadata of its nodes is Consul's {@code Meta},
 * and their ids have Consul's node before them, as such ids are unique only there.
 */
public final class HealthAnswer {
    private static final String CRITICAL = "critical";

    private record Seen(Node node, String version, List<EndpointInfo> endpoints, long index) {}

    private HealthAnswer() {}

    /**
     * Reads an answer.
     *
     * @param name of the service
     * @param body the answer
     * @return one entry a version, nodes by id
     * @throws RuntimeException if it is no answer of Consul's
     */
    public static List<ServiceInfo> read(String name, Buffer body) {
        Map<String, Seen> nodes = new HashMap<>();
        for (Object element : new JsonArray(body)) {
            JsonObject entry = (JsonObject) element;
            JsonObject service = entry.getJsonObject("Service", new JsonObject());
            if (name.equals(service.getString("Service")) && !critical(entry.getJsonArray("Checks"))) {
                Seen seen = seen(entry.getJsonObject("Node", new JsonObject()), service);
                nodes.merge(seen.node().id(), seen, (a, b) -> a.index() > b.index() ? a : b);
            }
        }
        Map<String, List<Seen>> versions = new TreeMap<>();
        nodes.values().stream()
                .sorted(Comparator.comparing((Seen seen) -> seen.node().id()))
                .forEach(seen -> versions.computeIfAbsent(seen.version(), version -> new ArrayList<>())
                        .add(seen));
        List<ServiceInfo> found = new ArrayList<>();
        versions.forEach((version, seen) -> found.add(new ServiceInfo(
                name,
                version,
                Map.of(),
                seen.get(0).endpoints(),
                seen.stream().map(Seen::node).toList())));
        return found;
    }

    private static boolean critical(@Nullable JsonArray checks) {
        return checks != null
                && checks.stream().anyMatch(check -> CRITICAL.equals(((JsonObject) check).getString("Status")));
    }

    private static Seen seen(JsonObject consulNode, JsonObject service) {
        JsonArray list = service.getJsonArray("Tags");
        ServiceTags tags = ServiceTags.read(
                list == null ? List.of() : list.stream().map(String::valueOf).toList());
        String host = service.getString("Address", "");
        String address = new NodeLocation(
                        host.isEmpty() ? consulNode.getString("Address", "") : host, service.getInteger("Port", 0))
                .address();
        String id = service.getString("ID", "");
        long index = service.getLong("ModifyIndex", 0L);
        if (tags.version().isPresent()) {
            Node node = new Node(id, address, tags.metadata());
            return new Seen(node, tags.version().get(), tags.endpoints(), index);
        }
        Node node = new Node(consulNode.getString("Node", "") + "/" + id, address, meta(service));
        return new Seen(node, "", List.of(), index);
    }

    private static Map<String, String> meta(JsonObject service) {
        Map<String, String> meta = new HashMap<>();
        JsonObject given = service.getJsonObject("Meta");
        if (given != null) {
            given.forEach(entry -> meta.put(entry.getKey(), String.valueOf(entry.getValue())));
        }
        return meta;
    }
}
