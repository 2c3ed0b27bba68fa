package dev.vertxmicro.bench.unary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How many times as many calls as another a subject is to make.
 *
 * @param subject     whose goal it is
 * @param other       compared with whom
 * @param concurrency calls in flight
 * @param least       the ratio to reach
 */
record Goal(String subject, String other, int concurrency, double least) {

    /** Words what came of it; empty if one of the two was not measured. */
    String text(List<Cell> cells) {
        Optional<Cell> ours = find(cells, subject);
        Optional<Cell> theirs = find(cells, other);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return "";
        }
        double ratio =
                ours.get().median(WindowSample::callsPerSecond) / theirs.get().median(WindowSample::callsPerSecond);
        return String.format(
                Locale.ROOT,
                "ratio %s/%s@%d %.2f goal %.2f%s%n",
                subject,
                other,
                concurrency,
                ratio,
                least,
                ratio >= least ? "" : " MISSED");
    }

    private Optional<Cell> find(List<Cell> cells, String name) {
        return cells.stream()
                .filter(cell -> cell.subject().equals(name) && cell.concurrency() == concurrency)
                .findFirst();
    }
}
