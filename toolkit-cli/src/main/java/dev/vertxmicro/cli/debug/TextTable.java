package dev.vertxmicro.cli.debug;

import dev.vertxmicro.cli.terminal.Output;
import java.util.ArrayList;
import java.util.List;

/** Rows with columns as wide as they need to be. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... head) {
        rows.add(List.of(head));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    void print() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            Output.line(line.toString());
        }
    }
}
