package dev.vertxmicro.cli.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The spans of a trace, each beneath its parent. Immutable. */
final class TraceTree {
    private static final int MOST_LINES = 500;
    private static final int MOST_INDENTED = 40;
    private static final double MILLI = 1000.0;

    private final Map<String, TracedSpan> spans = new LinkedHashMap<>();
    private final Map<String, List<TracedSpan>> children = new HashMap<>();
    private final List<TracedSpan> roots = new ArrayList<>();
    private int orphans;

    /** A span to be shown, and how deep it stands. */
    private record Placed(TracedSpan span, int depth) {}

    private TraceTree(List<TracedSpan> all) {
        all.stream()
                .sorted(Comparator.comparingLong(TracedSpan::began))
                .forEach(span -> spans.putIfAbsent(span.key(), span));
        for (TracedSpan span : spans.values()) {
            String parent = parentOf(span);
            if (spans.containsKey(parent)) {
                children.computeIfAbsent(parent, first -> new ArrayList<>()).add(span);
            } else {
                roots.add(span);
                orphans += parent.isEmpty() ? 0 : 1;
            }
        }
    }

    static TraceTree of(List<TracedSpan> spans) {
        return new TraceTree(spans);
    }

    /** The half of the server stands beneath that of its client, and what the server does beneath its own half. */
    private String parentOf(TracedSpan span) {
        if (span.shared() && spans.containsKey(span.id())) {
            return span.id();
        }
        String half = span.parent() + '+';
        return spans.containsKey(half) ? half : span.parent();
    }

    int size() {
        return spans.size();
    }

    /** Tells whether nothing is known to be missing: all parents are there, and what calls and messages have led to. */
    boolean isWhole() {
        return spans.size() > 1
                && orphans == 0
                && spans.values().stream()
                        .noneMatch(span -> span.leadsElsewhere() && !children.containsKey(span.key()));
    }

    /** Gives a line for each span: who did what, the code, the duration. */
    List<String> lines() {
        List<Placed> placed = placed();
        int width = placed.stream().mapToInt(each -> label(each).length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Placed each : placed.subList(0, Math.min(placed.size(), MOST_LINES))) {
            String label = label(each);
            lines.add(label + " ".repeat(width - label.length()) + "  "
                    + each.span().code() + "  " + duration(each.span()));
        }
        if (placed.size() > MOST_LINES) {
            lines.add("and " + (placed.size() - MOST_LINES) + " more");
        }
        return lines;
    }

    private static String label(Placed placed) {
        return "  ".repeat(Math.min(placed.depth(), MOST_INDENTED))
                + placed.span().service() + " " + placed.span().what();
    }

    private static String duration(TracedSpan span) {
        return span.micros() == 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", span.micros() / MILLI);
    }

    private List<Placed> placed() {
        List<Placed> placed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        roots.forEach(root -> place(root, placed, seen));
        // those whose parents go round in a circle have no root
        spans.values().forEach(span -> place(span, placed, seen));
        return placed;
    }

    private void place(TracedSpan from, List<Placed> placed, Set<String> seen) {
        Deque<Placed> waiting = new ArrayDeque<>();
        waiting.push(new Placed(from, 0));
        while (!waiting.isEmpty()) {
            Placed next = waiting.pop();
            if (seen.add(next.span().key())) {
                placed.add(next);
                List<TracedSpan> below = children.getOrDefault(next.span().key(), List.of());
                for (int i = below.size() - 1; i >= 0; i--) {
                    waiting.push(new Placed(below.get(i), next.depth() + 1));
                }
            }
        }
    }
}
