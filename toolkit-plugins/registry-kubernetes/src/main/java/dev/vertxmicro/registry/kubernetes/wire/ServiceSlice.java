package dev.vertxmicro.registry.kubernetes.wire;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A part of the endpoints of a plain Service of Kubernetes ({@code discovery.k8s.io/v1}): those that are ready, with zone, hints, node and pod as metadata. A client takes them
 * to speak {@code mucp}.
 *
 * @param name      of the slice
 * @param service   the Service's name; empty for a slice of nobody
 * @param ports     of TCP
 * @param endpoints addresses that are ready, with their metadata
 */
public record ServiceSlice(
        String name, String service, List<SlicePort> ports, Map<String, Map<String, String>> endpoints) {
    /** Label by which the slices of a Service are selected. */
    public static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private static final System.Logger LOG = System.getLogger(ServiceSlice.class.getName());
    private static final RareWarning UNREADABLE = RareWarning.of(LOG);
    private static final int LARGEST_PORT = 65535;

    /**
     * Reads a slice.
     *
     * @param object the slice
     * @return it; what is no slice has no service
     */
    public static ServiceSlice read(JsonObject object) {
        String name = "";
        try {
            JsonObject metadata = object.getJsonObject("metadata", new JsonObject());
            name = String.valueOf(metadata.getString("name", ""));
            JsonObject labels = metadata.getJsonObject("labels");
            String service = labels == null ? "" : String.valueOf(labels.getString(SERVICE_LABEL, ""));
            return new ServiceSlice(name, service, ports(object), endpoints(object));
        } catch (RuntimeException e) { // whatever a foreign object leads to
            UNREADABLE.warn("kubernetes: EndpointSlice " + name + " is left out: " + e.getMessage());
            return new ServiceSlice(name, "", List.of(), Map.of());
        }
    }

    private static List<SlicePort> ports(JsonObject slice) {
        List<SlicePort> ports = new ArrayList<>();
        for (JsonObject port : objects(slice, "ports")) {
            int number = port.getInteger("port", 0);
            if (number > 0 && number <= LARGEST_PORT && "TCP".equals(port.getString("protocol", "TCP"))) {
                String name = port.getString("name");
                ports.add(new SlicePort(name == null ? "" : name, number));
            }
        }
        return ports;
    }

    private static Map<String, Map<String, String>> endpoints(JsonObject slice) {
        Map<String, Map<String, String>> endpoints = new TreeMap<>();
        for (JsonObject endpoint : objects(slice, "endpoints")) {
            JsonObject conditions = endpoint.getJsonObject("conditions");
            // Unknown counts as ready.
            boolean unready = conditions != null && Boolean.FALSE.equals(conditions.getBoolean("ready"));
            JsonArray addresses = endpoint.getJsonArray("addresses");
            // All of an endpoint's addresses are the same for us.
            if (!unready && addresses != null && !addresses.isEmpty() && addresses.getString(0) != null) {
                endpoints.put(addresses.getString(0), metadata(endpoint));
            }
        }
        return endpoints;
    }

    private static Map<String, String> metadata(JsonObject endpoint) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("protocol", "mucp");
        put(metadata, "zone", endpoint.getString("zone"));
        put(metadata, "node", endpoint.getString("nodeName"));
        JsonObject target = endpoint.getJsonObject("targetRef");
        if (target != null && "Pod".equals(target.getString("kind"))) {
            put(metadata, "pod", target.getString("name"));
        }
        JsonObject hints = endpoint.getJsonObject("hints");
        if (hints != null) {
            put(
                    metadata,
                    "zone-hints",
                    objects(hints, "forZones").stream()
                            .map(zone -> String.valueOf(zone.getString("name", "")))
                            .sorted()
                            .collect(Collectors.joining(",")));
        }
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            metadata.put(key, value);
        }
    }

    private static List<JsonObject> objects(JsonObject of, String key) {
        JsonArray array = of.getJsonArray(key);
        return array == null
                ? List.of()
                : array.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList();
    }

    /**
     * Chooses the port that is called where nobody names one.
     *
     * @param preferred name of the port where there are several
     * @return empty if none has that name
     */
    public Optional<SlicePort> port(String preferred) {
        return ports.size() == 1 ? Optional.of(ports.get(0)) : portNamed(preferred);
    }

    /**
     * Finds a port by its name.
     *
     * @param wanted its name
     * @return empty if there is none
     */
    public Optional<SlicePort> portNamed(String wanted) {
        return ports.stream().filter(port -> port.name().equals(wanted)).findFirst();
    }

    /**
     * Gives the endpoints as nodes.
     *
     * @param called the name under which they are called
     * @param port   the port
     * @return without a version and without endpoints
     */
    public ServiceInfo nodes(String called, SlicePort port) {
        List<Node> nodes = endpoints.entrySet().stream()
                .map(entry -> {
                    String at = new HostPort(entry.getKey(), port.number()).text();
                    return new Node(service + "-" + at, at, entry.getValue());
                })
                .toList();
        return new ServiceInfo(called, "", Map.of(), List.of(), nodes);
    }
}
