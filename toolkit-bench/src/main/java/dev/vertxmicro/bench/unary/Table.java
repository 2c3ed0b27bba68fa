package dev.vertxmicro.bench.unary;

import java.util.List;
import java.util.Locale;

/** Prints what was measured, and each goal with what came of it. */
final class Table {
    private final List<Cell> cells;
    private final List<Goal> goals;

    Table(List<Cell> cells, List<Goal> goals) {
        this.cells = List.copyOf(cells);
        this.goals = List.copyOf(goals);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%-9s %4s %10s %23s %9s %9s %9s %10s%n",
                "what", "c", "calls/s", "min..max", "p50 us", "p99 us", "cpu us", "alloc B"));
        for (Cell cell : cells) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-9s %4d %10.0f %11.0f..%10.0f %9.1f %9.1f %9.2f %10.0f%n",
                    cell.subject(),
                    cell.concurrency(),
                    cell.median(WindowSample::callsPerSecond),
                    cell.least(),
                    cell.most(),
                    cell.median(sample -> sample.load().p50Nanos() / 1e3),
                    cell.median(sample -> sample.load().p99Nanos() / 1e3),
                    cell.median(WindowSample::cpuMicros),
                    cell.median(WindowSample::allocatedBytes)));
        }
        text.append("cpu and alloc: a call, client and server together\n");
        goals.forEach(goal -> text.append(goal.text(cells)));
        return text.toString();
    }

    long wrong() {
        return cells.stream().mapToLong(Cell::wrong).sum();
    }
}
