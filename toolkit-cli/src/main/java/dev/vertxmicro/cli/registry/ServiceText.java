package dev.vertxmicro.cli.registry;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Value;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Services as people read them, much as go-micro's tool writes them. */
final class ServiceText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private ServiceText() {}

    /** Writes a line for each version of each service. */
    static List<String> table(Map<String, List<ServiceInfo>> services) {
        List<List<String>> rows = new ArrayList<>();
        services.forEach((name, versions) -> versions.forEach(version ->
                rows.add(List.of(name, version(version), count(version.nodes().size())))));
        return aligned(rows);
    }

    /** Writes the versions of one service as scripts read them. */
    static JsonArray counts(List<ServiceInfo> versions) {
        JsonArray array = new JsonArray();
        versions.forEach(version -> array.add(new JsonObject()
                .put("version", version.version())
                .put("nodes", version.nodes().size())));
        return array;
    }

    /** Says how many nodes. */
    static String count(int nodes) {
        return nodes == 1 ? "1 node" : nodes + " nodes";
    }

    private static String version(ServiceInfo service) {
        return service.version().isEmpty() ? "-" : service.version();
    }

    /**
     * Writes all that is known of one service.
     *
     * @param elsewhere who was asked instead of the registry, if somebody was
     */
    static String describe(String service, String elsewhere, List<ServiceInfo> versions) {
        StringBuilder text = new StringBuilder(512);
        text.append("service  ").append(service).append('\n');
        if (!elsewhere.isEmpty()) {
            text.append("found by ").append(elsewhere).append(", which calls go by\n");
        }
        for (ServiceInfo version : versions) {
            text.append("\nversion  ").append(version(version)).append('\n');
            if (!version.metadata().isEmpty()) {
                text.append("metadata  ").append(metadata(version.metadata())).append('\n');
            }
            text.append('\n');
            nodes(version.nodes()).forEach(line -> text.append(line).append('\n'));
            version.endpoints().forEach(endpoint -> endpoint(text, endpoint));
        }
        return text.toString();
    }

    private static List<String> nodes(List<Node> nodes) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("ID", "Address", "Metadata")));
        nodes.stream()
                .sorted(Comparator.comparing(Node::id))
                .forEach(node -> rows.add(List.of(node.id(), node.address(), metadata(node.metadata()))));
        return aligned(rows);
    }

    private static void endpoint(StringBuilder text, EndpointInfo endpoint) {
        text.append("\nEndpoint: ").append(endpoint.name()).append('\n');
        if (!endpoint.metadata().isEmpty()) {
            text.append("Metadata: ").append(metadata(endpoint.metadata())).append('\n');
        }
        message(text.append("Request: "), endpoint.request());
        message(text.append("Response: "), endpoint.response());
    }

    private static void message(StringBuilder text, Optional<Value> message) {
        fields(text, message.map(Value::values).orElse(List.of()), "");
        text.append('\n');
    }

    private static void fields(StringBuilder text, List<Value> fields, String indent) {
        if (fields.isEmpty()) {
            text.append("{}");
            return;
        }
        text.append("{\n");
        for (Value field : fields) {
            text.append(indent).append("  ").append(field.name()).append(' ').append(field.type());
            if (!field.values().isEmpty()) {
                fields(text.append(' '), field.values(), indent + "  ");
            }
            text.append('\n');
        }
        text.append(indent).append('}');
    }

    /** Writes a line for each node of a change. */
    static List<String> change(LocalTime time, RegistryChange change) {
        ServiceInfo service = change.service();
        String begin = String.format(
                Locale.ROOT,
                "%s  %-6s  %s  %s  ",
                TIME.format(time),
                change.action().name().toLowerCase(Locale.ROOT),
                service.name(),
                version(service));
        if (service.nodes().isEmpty()) {
            return List.of(begin + "all nodes");
        }
        return service.nodes().stream()
                .map(node -> begin + node.id() + "  " + node.address())
                .toList();
    }

    private static String metadata(Map<String, String> metadata) {
        StringJoiner joined = new StringJoiner(",");
        metadata.forEach((name, value) -> joined.add(name + "=" + value));
        return joined.toString();
    }

    /** Puts cells into columns; the last one is as long as it is. */
    static List<String> aligned(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> padded(row, widths)).toList();
    }

    private static String padded(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i));
            if (i + 1 < row.size()) {
                line.append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
            }
        }
        return line.toString().stripTrailing();
    }
}
