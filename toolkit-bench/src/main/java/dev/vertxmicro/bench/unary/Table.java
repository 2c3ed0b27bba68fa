package dev.vertxmicro.bench.unary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints what was measured, and each goal with what came of it. */
final class Table {
    private final List<Cell> cells;

    Table(List<Cell> cells) {
        this.cells = List.copyOf(cells);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%-6s %4s %10s %23s %9s %9s %9s %10s%n",
                "what", "c", "calls/s", "min..max", "p50 us", "p99 us", "cpu us", "alloc B"));
        for (Cell cell : cells) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-6s %4d %10.0f %11.0f..%10.0f %9.1f %9.1f %9.2f %10.0f%n",
                    cell.subject(),
                    cell.concurrency(),
                    cell.median(Sample::callsPerSecond),
                    cell.least(),
                    cell.most(),
                    cell.median(sample -> sample.load().p50Nanos() / 1e3),
                    cell.median(sample -> sample.load().p99Nanos() / 1e3),
                    cell.median(Sample::cpuMicros),
                    cell.median(Sample::allocatedBytes)));
        }
        text.append("cpu and alloc: a call, client and server together\n");
        goal(text, 16, "bare", 0.80);
        goal(text, 128, "bare", 0.80);
        goal(text, 16, "grpc", 1.30);
        return text.toString();
    }

    private void goal(StringBuilder text, int concurrency, String other, double goal) {
        Optional<Cell> ours = find("ours", concurrency);
        Optional<Cell> theirs = find(other, concurrency);
        if (ours.isPresent() && theirs.isPresent()) {
            double ratio =
                    ours.get().median(Sample::callsPerSecond) / theirs.get().median(Sample::callsPerSecond);
            text.append(String.format(
                    Locale.ROOT,
                    "ratio ours/%s@%d %.2f goal %.2f%s%n",
                    other,
                    concurrency,
                    ratio,
                    goal,
                    ratio >= goal ? "" : " MISSED"));
        }
    }

    private Optional<Cell> find(String subject, int concurrency) {
        return cells.stream()
                .filter(cell -> cell.subject().equals(subject) && cell.concurrency() == concurrency)
                .findFirst();
    }

    long wrong() {
        return cells.stream().mapToLong(Cell::wrong).sum();
    }
}
