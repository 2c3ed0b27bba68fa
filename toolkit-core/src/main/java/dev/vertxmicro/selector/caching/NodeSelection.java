package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.NodeLoad;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Strategy.Balancer;
import dev.vertxmicro.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The nodes of one call, and its attempts. Nodes that this call tried, or that are ejected, are passed over while there are others.
 */
final class NodeSelection implements Selection, Candidates {
    private final NodeTable all;
    private final ServiceBalance balance;
    private final Balancer balancer;
    private final CallView call;
    private final Ejections ejections;
    private final Timers timers;
    /** What the balancer sees: all, or a part of them. */
    private NodeTable table;

    private long now;
    /** Most calls have one attempt. */
    private int first = -1;

    private long firstStart;
    private boolean firstRuns;
    private List<Attempt> further = List.of();

    /** One beyond the first. */
    private static final class Attempt {
        private final int index;
        private final long start;
        private boolean runs = true;

        private Attempt(int index, long start) {
            this.index = index;
            this.start = start;
        }
    }

    NodeSelection(
            NodeTable all,
            ServiceBalance balance,
            Balancer balancer,
            CallView call,
            Ejections ejections,
            Timers timers) {
        this.all = all;
        this.balance = balance;
        this.balancer = balancer;
        this.call = call;
        this.ejections = ejections;
        this.timers = timers;
        this.table = all;
    }

    @Override
    public Node next() {
        now = timers.nanoTime();
        return begin(opened(picked(balancer)));
    }

    private int opened(int picked) {
        return open(picked) ? picked : another(picked);
    }

    private boolean anyOpen() {
        for (int i = 0; i < table.size(); i++) {
            if (open(i)) {
                return true;
            }
        }
        return false;
    }

    private int picked(Balancer by) {
        int picked = by.pick(this);
        if (picked < 0 || picked >= table.size()) {
            throw new IllegalStateException(
                    "strategy picked " + picked + " (expected: 0 to " + (table.size() - 1) + ")");
        }
        return picked;
    }

    /** Where all are ejected or were tried, any is better than none, but rather one that was not tried and may answer. */
    private int another(int picked) {
        int size = table.size();
        int best = picked;
        int most = -1;
        for (int i = 1; i <= size; i++) {
            int candidate = (picked + i) % size;
            if (open(candidate)) {
                return candidate;
            }
            int worth = worth(table.whole(candidate));
            if (worth > most) {
                best = candidate;
                most = worth;
            }
        }
        return best;
    }

    private int worth(int index) {
        TrackedLoad load = all.load(index);
        if (!tried(index)) {
            NodeHealth.State state = load.health().state;
            return state == NodeHealth.State.UNREACHABLE ? 3 : state.suspicion() ? 4 : 5;
        }
        return load != all.load(last()) ? 2 : index != last() ? 1 : 0;
    }

    private Node begin(int index) {
        if (first < 0) {
            first = index;
            firstStart = now;
            firstRuns = true;
        } else {
            further = further.isEmpty() ? new ArrayList<>(2) : further;
            further.add(new Attempt(index, now));
        }
        balance.begin();
        all.load(index).begin(now);
        return all.node(index);
    }

    /** Two nodes at one address are one: that of before a restart stays in some registries for a time. */
    private boolean tried(int index) {
        if (first < 0) {
            return false;
        }
        TrackedLoad load = all.load(index);
        if (load == all.load(first)) {
            return true;
        }
        for (int i = 0; i < further.size(); i++) {
            if (load == all.load(further.get(i).index)) {
                return true;
            }
        }
        return false;
    }

    private int last() {
        return further.isEmpty() ? first : further.get(further.size() - 1).index;
    }

    @Override
    public void done(Node node, Outcome outcome) {
        if (firstRuns && all.node(first).equals(node)) {
            firstRuns = false;
            end(first, firstStart, outcome);
            return;
        }
        for (Attempt attempt : further) {
            if (attempt.runs && all.node(attempt.index).equals(node)) {
                attempt.runs = false;
                end(attempt.index, attempt.start, outcome);
                return;
            }
        }
    }

    private void end(int index, long start, Outcome outcome) {
        balance.end();
        long ended = timers.nanoTime();
        all.load(index).end(start, ended, outcome);
        ejections.record(all, index, balance.pace(), ended - start, ended, outcome);
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    public Node node(int index) {
        return table.node(index);
    }

    @Override
    public String version(int index) {
        return table.version(index);
    }

    @Override
    public NodeLoad load(int index) {
        return table.load(index);
    }

    @Override
    public boolean open(int index) {
        return !tried(table.whole(index)) && ejections.open(all, table.whole(index), balance.pace(), now);
    }

    @Override
    public int running() {
        return balance.running();
    }

    @Override
    public CallView call() {
        return call;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public <T> T derived(Object owner, Function<List<Node>, T> make) {
        return table.derived(owner, make);
    }

    @Override
    public int within(Object owner, Predicate<Node> some, Balancer inner) {
        NodeTable outer = table;
        table = outer.part(owner, some);
        try {
            return anyOpen() ? table.outer(opened(picked(inner))) : -1;
        } finally {
            table = outer;
        }
    }
}
