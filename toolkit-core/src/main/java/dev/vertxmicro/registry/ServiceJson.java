package dev.vertxmicro.registry;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * go-micro's JSON of services and changes (go-micro {@code registry/service.go}): every key always there, absent lists and
 * objects {@code null}.
 */
public final class ServiceJson {
    private ServiceJson() {}

    /**
     * Writes a service.
     *
     * @param service the service
     * @return its JSON
     */
    public static JsonObject write(ServiceInfo service) {
        return new JsonObject()
                .put("name", service.name())
                .put("version", service.version())
                .put("metadata", object(service.metadata()))
                .put("endpoints", array(service.endpoints(), ServiceJson::write))
                .put("nodes", array(service.nodes(), ServiceJson::write));
    }

    /**
     * Writes a node.
     *
     * @param node the node
     * @return its JSON
     */
    public static JsonObject write(Node node) {
        return new JsonObject()
                .put("id", node.id())
                .put("address", node.address())
                .put("metadata", object(node.metadata()));
    }

    /**
     * Writes an endpoint.
     *
     * @param endpoint the endpoint
     * @return its JSON
     */
    public static JsonObject write(EndpointInfo endpoint) {
        JsonObject metadata = new JsonObject();
        endpoint.metadata().forEach(metadata::put);
        return new JsonObject()
                .put("name", endpoint.name())
                .put("request", endpoint.request().map(ServiceJson::write).orElse(null))
                .put("response", endpoint.response().map(ServiceJson::write).orElse(null))
                .put("metadata", metadata);
    }

    private static JsonObject write(Value value) {
        return new JsonObject()
                .put("name", value.name())
                .put("type", value.type())
                .put("values", array(value.values(), ServiceJson::write));
    }

    /**
     * Writes a change as the event bus carries it.
     *
     * @param change the change
     * @return {@code {"action":…,"service":…}}
     */
    public static JsonObject write(RegistryChange change) {
        return new JsonObject()
                .put("action", change.action().name().toLowerCase(Locale.ROOT))
                .put("service", write(change.service()));
    }

    /**
     * Reads a service.
     *
     * @param json its JSON; absent keys read as empty, and null in a list as nothing
     * @return the service
     * @throws ClassCastException if a key has another type than go-micro gives it
     */
    public static ServiceInfo readService(JsonObject json) {
        return new ServiceInfo(
                text(json, "name"),
                text(json, "version"),
                map(json.getJsonObject("metadata")),
                list(json.getJsonArray("endpoints"), ServiceJson::readEndpoint),
                list(json.getJsonArray("nodes"), ServiceJson::readNode));
    }

    /**
     * Reads an endpoint.
     *
     * @param json its JSON
     * @return the endpoint
     */
    public static EndpointInfo readEndpoint(JsonObject json) {
        return new EndpointInfo(
                text(json, "name"),
                Optional.ofNullable(json.getJsonObject("request")).map(ServiceJson::readValue),
                Optional.ofNullable(json.getJsonObject("response")).map(ServiceJson::readValue),
                map(json.getJsonObject("metadata")));
    }

    /**
     * Reads a change as the event bus carries it.
     *
     * @param json the change
     * @return the change
     * @throws IllegalArgumentException if there is no such action or no service
     * @throws ClassCastException       if a key has another type than go-micro gives it
     */
    public static RegistryChange readChange(JsonObject json) {
        JsonObject service = json.getJsonObject("service");
        if (service == null) {
            throw new IllegalArgumentException("service: none (expected: an object)");
        }
        return new RegistryChange(
                RegistryChange.Action.valueOf(text(json, "action").toUpperCase(Locale.ROOT)), readService(service));
    }

    private static Node readNode(JsonObject json) {
        return new Node(text(json, "id"), text(json, "address"), map(json.getJsonObject("metadata")));
    }

    private static Value readValue(JsonObject json) {
        return new Value(
                text(json, "name"), text(json, "type"), list(json.getJsonArray("values"), ServiceJson::readValue));
    }

    private static @Nullable JsonObject object(Map<String, String> map) {
        if (map.isEmpty()) {
            return null;
        }
        JsonObject json = new JsonObject();
        map.forEach(json::put);
        return json;
    }

    private static <T> @Nullable JsonArray array(List<T> list, Function<T, JsonObject> write) {
        if (list.isEmpty()) {
            return null;
        }
        JsonArray json = new JsonArray();
        list.forEach(element -> json.add(write.apply(element)));
        return json;
    }

    /** Go reads null as an empty string. */
    private static String text(JsonObject json, String key) {
        String text = json.getString(key);
        return text == null ? "" : text;
    }

    private static Map<String, String> map(@Nullable JsonObject json) {
        Map<String, String> map = new TreeMap<>();
        if (json != null) {
            json.forEach(entry -> map.put(entry.getKey(), text(json, entry.getKey())));
        }
        return map;
    }

    private static <T> List<T> list(@Nullable JsonArray json, Function<JsonObject, T> read) {
        if (json == null) {
            return List.of();
        }
        return json.stream()
                .filter(Objects::nonNull)
                .map(element -> read.apply((JsonObject) element))
                .toList();
    }
}
