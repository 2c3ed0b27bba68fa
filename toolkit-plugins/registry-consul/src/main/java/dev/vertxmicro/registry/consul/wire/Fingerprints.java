package dev.vertxmicro.registry.consul.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells by one number a service whether something about it has changed. Reads answers of many megabytes, so without a tree, and
 * in any order.
 */
public final class Fingerprints {
    private static final JsonFactory JSON = new JsonFactory();
    private static final long PRIME = 0x100000001b3L;
    private static final long BASIS = 0xcbf29ce484222325L;

    private record Check(String node, String service, long instance, long print) {}

    /**
     * What checks tell.
     *
     * @param services  a number for each service with a check
     * @param instances another one, which changes only when a check comes or goes
     */
    public record Checks(Map<String, Long> services, Map<String, Long> instances) {
        /** No check at all. */
        public static final Checks NONE = new Checks(Map.of(), Map.of());
    }

    private Fingerprints() {}

    /**
     * Reads {@code /v1/health/state/any}. A check of a node counts for all services there that have checks.
     *
     * @param body the answer
     * @return what it tells
     * @throws IOException if it is no answer of Consul's
     */
    public static Checks ofChecks(Buffer body) throws IOException {
        List<Check> ofServices = new ArrayList<>();
        Map<String, Long> ofNodes = new HashMap<>();
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            expect(parser.nextToken(), JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Check check = check(parser);
                if (check.service().isEmpty()) {
                    ofNodes.merge(check.node(), check.print(), Long::sum);
                } else {
                    ofServices.add(check);
                }
            }
        }
        Map<String, Long> prints = new HashMap<>();
        Map<String, Long> instances = new HashMap<>();
        for (Check check : ofServices) {
            long print = spread(check.print() + ofNodes.getOrDefault(check.node(), 0L));
            prints.merge(check.service(), print, Long::sum);
            instances.merge(check.service(), check.instance(), Long::sum);
        }
        return new Checks(prints, instances);
    }

    private static Check check(JsonParser parser) throws IOException {
        String node = "";
        String service = "";
        long instance = 0;
        long state = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (!value.isScalarValue()) {
                parser.skipChildren();
                continue;
            }
            switch (field) {
                case "Node" -> node = parser.getText();
                case "ServiceName" -> service = parser.getText();
                case "CheckID", "ServiceID" -> instance += hash(field, parser.getText());
                case "Status", "ModifyIndex" -> state += hash(field, parser.getText());
                default -> {}
            }
        }
        long identity = spread(instance + hash("Node", node));
        return new Check(node, service, identity, spread(identity + state));
    }

    /**
     * Reads {@code /v1/catalog/services}.
     *
     * @param body the answer
     * @return a number for each service, of its tags
     * @throws IOException if it is no answer of Consul's
     */
    public static Map<String, Long> ofServices(Buffer body) throws IOException {
        Map<String, Long> prints = new HashMap<>();
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String service = parser.currentName();
                long print = 0;
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        print += hash("", parser.getText());
                    }
                }
                prints.put(service, print);
            }
        }
        return prints;
    }

    private static void expect(JsonToken found, JsonToken expected) throws IOException {
        if (found != expected) {
            throw new IOException("answer begins with " + found + " (expected: " + expected + ")");
        }
    }

    private static long hash(String field, String text) {
        long hash = BASIS;
        for (int i = 0; i < field.length(); i++) {
            hash = (hash ^ field.charAt(i)) * PRIME;
        }
        hash *= PRIME;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return spread(hash);
    }

    /** Mixes the bits, so that sums of numbers say something. */
    private static long spread(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
