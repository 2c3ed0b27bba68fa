package dev.vertxmicro.registry.consul.wire;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the tags of a service in Consul say (go-plugins {@code registry/consul/encoding.go}): {@code t-} for each entry of the
 * node's metadata, {@code e-} for each endpoint, {@code v-} for the version, each followed by lower-case hex of a zlib stream.
 * The older plain forms {@code t=}, {@code e=}, {@code v=} are read too; the first tag of a kind says which form counts.
 *
 * @param version   of the service; empty if no tag tells it, as for services of others
 * @param endpoints of the service
 * @param metadata  of the node
 */
public record ServiceTags(Optional<String> version, List<EndpointInfo> endpoints, Map<String, String> metadata) {
    private static final HexFormat HEX = HexFormat.of();
    private static final char PACKED = '-';
    private static final char PLAIN = '=';

    /**
     * Writes the tags of a node, in go-micro's order.
     *
     * @param version   of the service
     * @param endpoints of the service
     * @param node      the node
     * @return the tags
     */
    public static List<String> write(String version, List<EndpointInfo> endpoints, Node node) {
        List<String> tags = new ArrayList<>();
        node.metadata().forEach((key, value) -> tags.add("t-" + packed(new JsonObject().put(key, value))));
        endpoints.forEach(endpoint -> tags.add("e-" + packed(ServiceJson.write(endpoint))));
        tags.add("v-" + HEX.formatHex(PackedJson.packText(version)));
        return tags;
    }

    private static String packed(JsonObject json) {
        return HEX.formatHex(PackedJson.pack(json));
    }

    /**
     * Reads tags. What is malformed, exceeds a limit or is not go-micro's is left out.
     *
     * @param tags the tags
     * @return what they say
     */
    public static ServiceTags read(List<String> tags) {
        Map<String, String> metadata = new TreeMap<>();
        each(tags, 't', tag -> json(tag).forEach(entry -> metadata.put(entry.getKey(), text(entry.getValue()))));
        List<EndpointInfo> endpoints = new ArrayList<>();
        each(tags, 'e', tag -> endpoints.add(ServiceJson.readEndpoint(json(tag))));
        List<String> versions = new ArrayList<>(1);
        each(tags, 'v', tag -> versions.add(form(tag) == PLAIN ? tag.substring(2) : unpacked(tag)));
        return new ServiceTags(versions.stream().findFirst(), List.copyOf(endpoints), metadata);
    }

    private static void each(List<String> tags, char kind, Consumer<String> read) {
        char form = 0;
        for (String tag : tags) {
            if (tag.length() < 2 || tag.charAt(0) != kind || (form(tag) != PACKED && form(tag) != PLAIN)) {
                continue;
            }
            if (form == 0) {
                form = form(tag);
            }
            if (form(tag) == form) {
                tolerant(read, tag);
            }
        }
    }

    private static void tolerant(Consumer<String> read, String tag) {
        try {
            read.accept(tag);
        } catch (IllegalArgumentException | ClassCastException e) {
            // A tag of somebody else that happens to begin like ours, or a damaged one.
        }
    }

    private static char form(String tag) {
        return tag.charAt(1);
    }

    private static JsonObject json(String tag) {
        return form(tag) == PLAIN
                ? PackedJson.parse(tag.substring(2))
                : PackedJson.unpack(HEX.parseHex(tag, 2, tag.length()));
    }

    private static String unpacked(String tag) {
        return PackedJson.unpackText(HEX.parseHex(tag, 2, tag.length()));
    }

    private static String text(Object value) {
        return (String) value;
    }
}
