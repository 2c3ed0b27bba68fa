package dev.vertxmicro.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.program.ChildProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured: caller and server, row, content type. */
final class Matrix {
    /** The content types, in the order of the columns. */
    static final List<String> TYPES =
            List.of("application/protobuf", "application/json", "application/proto-rpc", "application/json-rpc");

    private static final Path GUIDE = Path.of("../../docs/interop.md");

    private final Map<String, Map<String, Map<String, String>>> cells = new LinkedHashMap<>();
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
        enter(pair, row, line.getString("type"), ok ? "pass" : "FAIL");
        if (!ok) {
            failures.add(pair + ", " + row + ", " + line.getString("type") + ": " + line.getString("detail"));
        }
    }

    private void enter(String pair, String row, String type, String result) {
        cells.computeIfAbsent(pair, key -> new LinkedHashMap<>())
                .computeIfAbsent(row, key -> new HashMap<>())
                .put(type, result);
    }

    /** Enters cells, each ROW/TYPE, that were not run: the other side does not do that with itself either. */
    void theirs(String pair, Collection<String> theirs) {
        theirs.forEach(cell ->
                enter(pair, cell.substring(0, cell.indexOf('/')), cell.substring(cell.indexOf('/') + 1), "theirs"));
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
            Row.ALL.stream().map(Row::name).filter(rows::containsKey).forEach(row -> {
                text.append("| ").append(row);
                Map<String, String> cellsOfRow = rows.getOrDefault(row, Map.of());
                TYPES.forEach(type -> text.append(" | ").append(cellsOfRow.getOrDefault(type, "")));
                text.append(" |\n");
            });
        });
        return text.toString();
    }

    /** Compares it with what stands in the guide between two lines; {@code -Dgolden=write} writes it. */
    void recorded(String begin, String end) throws IOException {
        String guide = Files.readString(GUIDE);
        int from = guide.indexOf(begin) + begin.length();
        String written = guide.substring(0, from) + "\n" + markdown() + "\n" + guide.substring(guide.indexOf(end));
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(GUIDE, written);
        } else {
            assertThat(guide)
                    .as("docs/interop.md (to write it: -Dgolden=write)")
                    .isEqualTo(written);
        }
    }
}
