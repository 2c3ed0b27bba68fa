package dev.vertxmicro.registry.mdns.wire;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a TXT record says of a node: lower-case hex of a zlib stream of JSON, cut into strings of 255 characters (go-micro
 * {@code registry/encoding.go}).
 *
 * @param service   the service's name
 * @param version   its version
 * @param endpoints its endpoints
 * @param metadata  the metadata of the node
 */
public record TxtEncoding(String service, String version, List<EndpointInfo> endpoints, Map<String, String> metadata) {
    private static final int STRING_LENGTH = 255;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Takes what a TXT record says of a service and its one node.
     *
     * @param single the service
     * @return it
     */
    public static TxtEncoding of(ServiceInfo single) {
        return new TxtEncoding(
                single.name(),
                single.version(),
                single.endpoints(),
                single.nodes().get(0).metadata());
    }

    /**
     * Writes the strings of the TXT record.
     *
     * @return strings of at most 255 characters
     */
    List<String> encode() {
        String hex = HEX.formatHex(PackedJson.pack(json()));
        List<String> strings = new ArrayList<>(hex.length() / STRING_LENGTH + 1);
        for (int i = 0; i < hex.length(); i += STRING_LENGTH) {
            strings.add(hex.substring(i, Math.min(hex.length(), i + STRING_LENGTH)));
        }
        return strings;
    }

    /**
     * Writes the JSON inside.
     *
     * @return go-micro's object, keys capitalised
     */
    JsonObject json() {
        JsonArray list = new JsonArray();
        endpoints.forEach(endpoint -> list.add(ServiceJson.write(endpoint)));
        JsonObject map = new JsonObject();
        metadata.forEach(map::put);
        return new JsonObject()
                .put("Service", service)
                .put("Version", version)
                .put("Endpoints", list.isEmpty() ? null : list)
                .put("Metadata", map.isEmpty() ? null : map);
    }

    /**
     * Reads the strings of a TXT record, joined. Hex may be upper case and keys may be lower case, as go-micro reads them.
     *
     * @param text the strings, joined
     * @return what it says
     * @throws IllegalArgumentException if it is malformed or exceeds a limit
     */
    static TxtEncoding decode(String text) {
        try {
            return parse(PackedJson.unpackText(unhex(text)));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("TXT: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the zlib stream out of the strings.
     *
     * @param text the strings, joined
     * @return the stream
     * @throws IllegalArgumentException if it is not hex
     */
    public static byte[] unhex(String text) {
        return HEX.parseHex(text);
    }

    /**
     * Reads the JSON inside.
     *
     * @param text it
     * @return what it says
     * @throws RuntimeException if it is malformed or exceeds a limit
     */
    public static TxtEncoding parse(String text) {
        JsonObject json = PackedJson.parse(text);
        Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String key : json.fieldNames()) {
            Object value = json.getValue(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        List<EndpointInfo> endpoints = new ArrayList<>();
        if (values.get("Endpoints") instanceof JsonArray list) {
            list.forEach(item -> endpoints.add(ServiceJson.readEndpoint((JsonObject) item)));
        }
        Map<String, String> metadata = new TreeMap<>();
        if (values.get("Metadata") instanceof JsonObject map) {
            map.forEach(entry -> metadata.put(entry.getKey(), String.valueOf(entry.getValue())));
        }
        return new TxtEncoding(string(values.get("Service")), string(values.get("Version")), endpoints, metadata);
    }

    private static String string(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }
}
