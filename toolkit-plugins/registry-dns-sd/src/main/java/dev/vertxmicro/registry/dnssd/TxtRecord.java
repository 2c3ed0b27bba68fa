package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the TXT record of a node says: strings {@code key=value} (RFC 6763, 6). {@code service}, {@code version} and {@code id}
 * can be read by people, so can metadata with plain lower-case keys ({@code m-protocol=mucp}); everything else is one object
 * of JSON, packed, in Base64, cut into {@code z0=…}, {@code z1=…}.
 *
 * @param service   name of the service
 * @param version   its version
 * @param id        of the node
 * @param endpoints of the service
 * @param metadata  of the node
 */
record TxtRecord(
        String service, String version, String id, List<EndpointInfo> endpoints, Map<String, String> metadata) {
    /** Longest record that JmDNS puts into a packet with the other records of a node. */
    static final int MAX_BYTES = 1200;

    private static final int LONGEST_STRING = 255;
    private static final int PART = 250;
    private static final int MAX_PARTS = 40;
    private static final Pattern PLAIN_KEY = Pattern.compile("[a-z0-9._-]{1,40}");
    private static final String PLAIN = "m-";
    private static final String PACKED = "z";

    /**
     * Takes what a record says of a service and its one node.
     *
     * @param single the service
     * @return it
     */
    static TxtRecord of(ServiceInfo single) {
        Node node = single.nodes().get(0);
        return new TxtRecord(single.name(), single.version(), node.id(), single.endpoints(), node.metadata());
    }

    /**
     * Gives the service with its one node.
     *
     * @param address of the node
     * @return the service
     */
    ServiceInfo at(String address) {
        return new ServiceInfo(service, version, Map.of(), endpoints, List.of(new Node(id, address, metadata)));
    }

    /**
     * Leaves out what cannot be sent: if the endpoints are too many, what goes in and out of them.
     *
     * @return what fits into a record
     * @throws MicroException 400 if not even that fits
     */
    TxtRecord fitting() {
        if (encode().length <= MAX_BYTES) {
            return this;
        }
        List<EndpointInfo> names = endpoints.stream()
                .map(endpoint ->
                        new EndpointInfo(endpoint.name(), Optional.empty(), Optional.empty(), endpoint.metadata()))
                .toList();
        TxtRecord small = new TxtRecord(service, version, id, names, metadata);
        int size = small.encode().length;
        if (size > MAX_BYTES) {
            throw DnsSdRegistry.refused("node \"" + id + "\": " + size
                    + " bytes of names, endpoints and metadata (expected: <= " + MAX_BYTES + ", the limit of JmDNS)");
        }
        return small;
    }

    /**
     * Writes the record, a byte of length before each string.
     *
     * @return its bytes
     * @throws MicroException 400 if service, version or id is longer than a string may be
     */
    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, "txtvers=1");
        put(out, "service=" + service);
        put(out, "version=" + version);
        put(out, "id=" + id);
        JsonObject odd = new JsonObject();
        new TreeMap<>(metadata).forEach((key, value) -> {
            String plain = PLAIN + key + "=" + value;
            if (PLAIN_KEY.matcher(key).matches() && size(plain) <= LONGEST_STRING) {
                put(out, plain);
            } else {
                odd.put(key, value);
            }
        });
        parts(odd).forEach(part -> put(out, part));
        return out.toByteArray();
    }

    private List<String> parts(JsonObject odd) {
        if (odd.isEmpty() && endpoints.isEmpty()) {
            return List.of();
        }
        JsonArray list = new JsonArray();
        endpoints.forEach(endpoint -> list.add(ServiceJson.write(endpoint)));
        byte[] packed = PackedJson.pack(new JsonObject().put("endpoints", list).put("metadata", odd));
        String text = Base64.getEncoder().withoutPadding().encodeToString(packed);
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < text.length(); start += PART) {
            parts.add(PACKED + parts.size() + "=" + text.substring(start, Math.min(text.length(), start + PART)));
        }
        return parts;
    }

    private void put(ByteArrayOutputStream out, String string) {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_STRING) {
            throw DnsSdRegistry.refused("node \"" + id + "\": \"" + string + "\" is " + bytes.length
                    + " bytes long (expected: <= " + LONGEST_STRING + ", the limit of a TXT string)");
        }
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static int size(String string) {
        return string.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * Reads a record.
     *
     * @param text its bytes
     * @return what it says; empty if it is none of ours
     * @throws IllegalArgumentException if it is malformed or exceeds a limit
     */
    static Optional<TxtRecord> decode(byte[] text) {
        Map<String, String> strings = strings(text);
        String service = strings.getOrDefault("service", "");
        String id = strings.getOrDefault("id", "");
        if (service.isEmpty() || id.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder packed = new StringBuilder();
        for (int i = 0; i < MAX_PARTS && strings.containsKey(PACKED + i); i++) {
            packed.append(strings.get(PACKED + i));
        }
        JsonObject json = packed.isEmpty()
                ? new JsonObject()
                : PackedJson.unpack(Base64.getDecoder().decode(packed.toString()));
        Map<String, String> metadata = new TreeMap<>();
        strings.forEach((key, value) -> {
            if (key.startsWith(PLAIN)) {
                metadata.put(key.substring(PLAIN.length()), value);
            }
        });
        try {
            json.getJsonObject("metadata", new JsonObject())
                    .forEach(entry -> metadata.put(entry.getKey(), String.valueOf(entry.getValue())));
            List<EndpointInfo> endpoints = new ArrayList<>();
            json.getJsonArray("endpoints", new JsonArray())
                    .forEach(item -> endpoints.add(ServiceJson.readEndpoint((JsonObject) item)));
            return Optional.of(
                    new TxtRecord(service, strings.getOrDefault("version", ""), id, List.copyOf(endpoints), metadata));
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("TXT: " + e.getMessage(), e);
        }
    }

    /** The first string of a key counts (RFC 6763, 6.4); one without {@code =} says nothing here. */
    private static Map<String, String> strings(byte[] text) {
        Map<String, String> strings = new TreeMap<>();
        int end = 0;
        for (int at = 0; at < text.length; at = end) {
            end = Math.min(text.length, at + 1 + (text[at] & 0xFF));
            String string = new String(text, at + 1, end - at - 1, StandardCharsets.UTF_8);
            int equals = string.indexOf('=');
            if (equals > 0) {
                strings.putIfAbsent(string.substring(0, equals), string.substring(equals + 1));
            }
        }
        return strings;
    }
}
