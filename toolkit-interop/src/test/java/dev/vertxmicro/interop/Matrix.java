package dev.vertxmicro.interop;

import dev.vertxmicro.testkit.ChildProcess;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured: caller and server, row, content type. */
final class Matrix {
    /** The content types, in the order of the columns. */
    static final List<String> TYPES =
            List.of("application/protobuf", "application/json", "application/proto-rpc", "application/json-rpc");

    private final Map<String, Map<String, List<String>>> cells = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /** Enters all that a program prints, and waits for its end. */
    void add(String pair, ChildProcess caller) {
        try (caller) {
            int exit = caller.exitCode();
            List<String> lines = caller.lines();
            lines.stream()
                    .filter(line -> line.startsWith("{") && line.contains("\"row\""))
                    .forEach(line -> add(pair, new JsonObject(line)));
            if (exit != 0 || !cells.containsKey(pair)) {
                failures.add(pair + ": exit code " + exit + ", " + lines);
            }
        }
    }

    private void add(String pair, JsonObject line) {
        String row = line.getString("row");
        boolean ok = line.getBoolean("ok");
        cells.computeIfAbsent(pair, key -> new LinkedHashMap<>())
                .computeIfAbsent(row, key -> new ArrayList<>())
                .add(ok ? "pass" : "FAIL");
        if (!ok) {
            failures.add(pair + ", " + row + ", " + line.getString("type") + ": " + line.getString("detail"));
        }
    }

    /** Gives a line for each cell that did not pass. */
    List<String> failures() {
        return failures;
    }

    /** Lays it out for the guide. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        cells.forEach((pair, rows) -> {
            text.append("\n| ").append(pair);
            TYPES.forEach(type -> text.append(" | ").append(type.substring(type.indexOf('/') + 1)));
            text.append(" |\n|---|---|---|---|---|\n");
            rows.forEach((row, results) -> text.append("| ")
                    .append(row)
                    .append(" | ")
                    .append(String.join(" | ", results))
                    .append(" |\n"));
        });
        return text.toString();
    }
}
