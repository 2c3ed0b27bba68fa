package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the registration of a node, by a secret that its owner and the RegistryVerticle know: HMAC-SHA256, in hexadecimal digits, of the
 * JSON (RFC 8785) of {@code {"action","address","id","metadata","owner","service","ttl","version"}}, the metadata being those of the node
 * without the signature, so that who has one cannot do anything else with it.
 */
final class RegistrationSignature {
    /** Entry of the node's metadata. */
    static final String ENTRY = "micro-signature";

    private static final String ALGORITHM = "HmacSHA256";

    private RegistrationSignature() {}

    /** Adds the signature to the node of a service that has one; nothing without a secret. */
    static ServiceInfo sign(RegistrationRequest request, Secret secret) {
        ServiceInfo single = request.single();
        if (secret.isEmpty()) {
            return single;
        }
        Node node = single.nodes().get(0);
        Map<String, String> metadata = new TreeMap<>(node.metadata());
        metadata.put(ENTRY, signature(request, node, secret));
        return single.withNodes(List.of(new Node(node.id(), node.address(), metadata)));
    }

    /** Tells whether the node of a service that has one is signed by who knows the secret. */
    static boolean isValid(RegistrationRequest request, Secret secret) {
        Node node = request.single().nodes().get(0);
        String given = node.metadata().getOrDefault(ENTRY, "");
        String right = signature(request, node, secret);
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the signature off the nodes, so that nobody else has it from the registry. */
    static ServiceInfo unsigned(ServiceInfo service) {
        if (service.nodes().stream().noneMatch(node -> node.metadata().containsKey(ENTRY))) {
            return service;
        }
        return service.withNodes(service.nodes().stream()
                .map(node -> {
                    Map<String, String> metadata = new TreeMap<>(node.metadata());
                    metadata.remove(ENTRY);
                    return new Node(node.id(), node.address(), metadata);
                })
                .toList());
    }

    private static String signature(RegistrationRequest request, Node node, Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(record(request, node).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String record(RegistrationRequest request, Node node) {
        ServiceInfo single = request.single();
        StringBuilder json = new StringBuilder("{\"action\":");
        quote(request.action(), json);
        quote(node.address(), json.append(",\"address\":"));
        quote(node.id(), json.append(",\"id\":"));
        json.append(",\"metadata\":{");
        String comma = "";
        for (Map.Entry<String, String> entry : new TreeMap<>(node.metadata()).entrySet()) {
            if (!entry.getKey().equals(ENTRY)) {
                quote(entry.getKey(), json.append(comma));
                quote(entry.getValue(), json.append(':'));
                comma = ",";
            }
        }
        quote(request.owner(), json.append("},\"owner\":"));
        quote(single.name(), json.append(",\"service\":"));
        quote(Long.toString(request.ttl().toNanos()), json.append(",\"ttl\":"));
        quote(single.version(), json.append(",\"version\":"));
        return json.append('}').toString();
    }

    /** Tells whether UTF-8 has nothing for a character, half of a pair without its other half. */
    private static boolean isLone(String text, int at) {
        char each = text.charAt(at);
        return Character.isHighSurrogate(each)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(each) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** As JSON.stringify does. */
    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            switch (each) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\t' -> json.append("\\t");
                case '\n' -> json.append("\\n");
                case '\f' -> json.append("\\f");
                case '\r' -> json.append("\\r");
                default -> {
                    if (each < ' ' || isLone(text, i)) {
                        json.append(String.format("\\u%04x", (int) each));
                    } else {
                        json.append(each);
                    }
                }
            }
        }
        json.append('"');
    }
}
