package dev.vertxmicro.registry.consul.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Judges whether a change that the list of services announces, without a difference in it, is one that the checks tell of. The two
 * are asked apart, so what comes within a moment belongs together; and a doubt counts as no. Confined to one context.
 */
final class ChangeCorrelation {
    private static final int MOST = 10_000;

    private enum Kind {
        SILENT,
        TAGS,
        CHECKS
    }

    private record Event(Kind kind, Set<String> services, long at) {}

    private final Deque<Event> events = new ArrayDeque<>();
    private final long momentNanos;

    /**
     * Knows of nothing yet.
     *
     * @param momentNanos how long what belongs together may be apart
     */
    ChangeCorrelation(long momentNanos) {
        this.momentNanos = momentNanos;
    }

    /**
     * Takes an announcement without a difference.
     *
     * @param now the time
     */
    void silent(long now) {
        add(new Event(Kind.SILENT, Set.of(), now));
    }

    /**
     * Takes services whose tags are different: of these no check has to tell.
     *
     * @param services their names
     * @param now      the time
     */
    void tags(Set<String> services, long now) {
        add(new Event(Kind.TAGS, services, now));
    }

    /**
     * Takes services for which a check came or went.
     *
     * @param services their names
     * @param now      the time
     */
    void checks(Set<String> services, long now) {
        add(new Event(Kind.CHECKS, services, now));
    }

    private void add(Event event) {
        while (!events.isEmpty()
                && (events.size() >= MOST || event.at() - events.peekFirst().at() > 2 * momentNanos)) {
            events.removeFirst();
        }
        events.addLast(event);
    }

    /**
     * Judges, a moment after a silent announcement, and begins anew.
     *
     * @return true if checks tell of as many changes as were announced
     */
    boolean enough() {
        Set<String> tagged = new HashSet<>();
        events.stream().filter(event -> event.kind() == Kind.TAGS).forEach(event -> tagged.addAll(event.services()));
        long silent =
                events.stream().filter(event -> event.kind() == Kind.SILENT).count();
        long told = events.stream()
                .filter(event -> event.kind() == Kind.CHECKS && !tagged.containsAll(event.services()))
                .count();
        events.clear();
        return told >= silent;
    }
}
