package dev.vertxmicro.cli.registry;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which of the registries that one is made of knows which nodes of a service.
 *
 * @param rows each of them, by precedence
 */
record MemberSurvey(List<Row> rows) {

    /**
     * What one said.
     *
     * @param nodes   ids of the nodes that it knows
     * @param failure why it said nothing; empty if it did
     */
    record Row(String type, List<String> nodes, String failure) {}

    /** Asks each; nobody where the registry stands by itself. */
    static MemberSurvey of(RegistrySession session, String service, Duration timeout) {
        List<Row> rows = new ArrayList<>();
        for (Registry member : session.registry().members()) {
            rows.add(row(member, service, timeout));
        }
        return new MemberSurvey(rows);
    }

    private static Row row(Registry member, String service, Duration timeout) {
        try {
            List<ServiceInfo> versions = RegistrySession.answer(member.type(), () -> member.get(service), timeout);
            List<String> nodes = versions.stream()
                    .flatMap(version -> version.nodes().stream())
                    .map(Node::id)
                    .sorted()
                    .toList();
            return new Row(member.type(), nodes, "");
        } catch (LaunchException e) {
            String prefix = member.type() + ": ";
            String why = String.valueOf(e.getMessage());
            return new Row(member.type(), List.of(), why.startsWith(prefix) ? why.substring(prefix.length()) : why);
        }
    }

    /** Tells whether there is nothing to say. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Writes it as people read it. */
    String text() {
        List<List<String>> cells = new ArrayList<>();
        rows.forEach(row -> cells.add(List.of(row.type(), said(row))));
        return "Known to\n" + String.join("\n", ServiceText.aligned(cells));
    }

    private static String said(Row row) {
        if (!row.failure().isEmpty()) {
            return "cannot say: " + row.failure();
        }
        return row.nodes().isEmpty() ? "no node" : String.join(", ", row.nodes());
    }

    /** Adds to each node who knows it. */
    void addTo(JsonArray versions) {
        for (Object version : versions) {
            JsonArray nodes = ((JsonObject) version).getJsonArray("nodes");
            for (Object node : nodes == null ? new JsonArray() : nodes) {
                JsonObject json = (JsonObject) node;
                json.put("knownTo", new JsonArray(knowing(json.getString("id"))));
            }
        }
    }

    private List<String> knowing(String id) {
        return rows.stream()
                .filter(row -> row.nodes().contains(id))
                .map(Row::type)
                .collect(Collectors.toList());
    }

    /** Says which of them said nothing, a line each. */
    List<String> complaints() {
        return rows.stream()
                .filter(row -> !row.failure().isEmpty())
                .map(row -> row.type() + " cannot say what it knows: " + row.failure())
                .toList();
    }
}
