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
 * JSON (RFC 8785) of {@code {"address","id","metadata","service","version"}}, the metadata being those of the node without the signature.
 */
final class RegistrationSignature {
    /** Entry of the node's metadata. */
    static final String ENTRY = "micro-signature";

    private static final String ALGORITHM = "HmacSHA256";

    private RegistrationSignature() {}

    /** Adds the signature to the node of a service that has one; nothing without a secret. */
    static ServiceInfo sign(ServiceInfo single, Secret secret) {
        if (secret.isEmpty()) {
            return single;
        }
        Node node = single.nodes().get(0);
        Map<String, String> metadata = new TreeMap<>(node.metadata());
        metadata.put(ENTRY, signature(single, node, secret));
        return single.withNodes(List.of(new Node(node.id(), node.address(), metadata)));
    }

    /** Tells whether the node of a service that has one is signed by who knows the secret. */
    static boolean isValid(ServiceInfo single, Secret secret) {
        Node node = single.nodes().get(0);
        String given = node.metadata().getOrDefault(ENTRY, "");
        String right = signature(single, node, secret);
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(ServiceInfo single, Node node, Secret secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(record(single, node).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private static String record(ServiceInfo single, Node node) {
        StringBuilder json = new StringBuilder("{\"address\":");
        quote(node.address(), json);
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
        quote(single.name(), json.append("},\"service\":"));
        quote(single.version(), json.append(",\"version\":"));
        return json.append('}').toString();
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
                    if (each < ' ') {
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
