package dev.vertxmicro.selector.caching;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.caching.NodeHealth.State;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Leaves nodes out that fail, as {@link EjectionOptions} say. All is decided when a node is chosen or a call ends, without a timer; while
 * all is well that costs two reads. A node is known by its address: one that comes back elsewhere is a new one.
 */
final class Ejections {
    private static final System.Logger LOG = LateLogger.of(Ejections.class);
    /** A probe that is silent for so long is tried again. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A node that says nothing for so long is worth a line of the log. */
    private static final long REPORTED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final double LEAST_SHARE = 0.1;

    private final EjectionOptions options;
    private final boolean enabled;
    private final long stalledNanos;
    private final long slowStartNanos;
    private final Timers timers;
    private final Function<String, Future<Void>> probe;
    private final RareWarnings lines;
    /** Counts what changes which nodes are out. */
    private final AtomicInteger changes = new AtomicInteger();

    private final LongAdder ejected = new LongAdder();

    Ejections(EjectionOptions options, SelectorParts parts) {
        this.options = options;
        this.enabled = !options.baseTime().isZero();
        this.stalledNanos = options.stalledTime().toNanos();
        this.slowStartNanos = options.slowStart().toNanos();
        this.timers = parts.timers();
        this.probe = parts.probe();
        this.lines = new RareWarnings(LOG, parts.timers());
    }

    /** How often a node was left out. */
    long count() {
        return ejected.sum();
    }

    /** Tells whether a node may be chosen. */
    boolean open(NodeTable all, int index, ServicePace pace, long now) {
        TrackedLoad load = all.load(index);
        NodeHealth health = load.health();
        return switch (health.state) {
            case GOOD -> !stalls(all, index, pace, now);
            case RETURNING -> !stalls(all, index, pace, now) && hasItsTurn(health, now);
            case STALLED -> {
                report(all.node(index), load, now);
                yield all.panics(changes.get());
            }
            case SUSPECT -> {
                probeIfDue(all.node(index), health, now);
                yield health.isIn() || all.panics(changes.get());
            }
            case UNREACHABLE -> {
                probeIfDue(all.node(index), health, now);
                yield health.isIn();
            }
        };
    }

    private boolean stalls(NodeTable all, int index, ServicePace pace, long now) {
        TrackedLoad load = all.load(index);
        int waiting = load.running();
        if (waiting < options.stalledCalls() || !enabled) {
            return false;
        }
        // the more calls wait, the sooner one of them should have been answered
        long patience = options.stalledCalls() * pace.expectedNanos() / waiting;
        long silent = load.silentNanos(now);
        if (silent <= Math.max(stalledNanos, patience) || !pace.answeredSince(now - silent)) {
            return false;
        }
        NodeHealth health = load.health();
        synchronized (health) {
            return health.isIn()
                    && all.roomFor(1, options.maxPercent(), changes.get())
                    && change(health, State.STALLED, now);
        }
    }

    /** The share grows from a tenth to all; within one choice the answer is the same. */
    private boolean hasItsTurn(NodeHealth health, long now) {
        long back = now - health.since;
        if (back >= slowStartNanos) {
            synchronized (health) {
                if (health.state == State.RETURNING) {
                    change(health, State.GOOD, health.since);
                }
            }
            return true;
        }
        double share = Math.max(LEAST_SHARE, (double) back / slowStartNanos);
        return (mixed(now) >>> 11) * 0x1.0p-53 < share;
    }

    /** The finalizer of SplitMix64: each bit depends on each. */
    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }

    private void report(Node node, TrackedLoad load, long now) {
        NodeHealth health = load.health();
        if (!health.reported && load.silentNanos(now) > REPORTED_NANOS) {
            health.reported = true;
            lines.about(node.address())
                    .warn("selector: " + name(node) + " answers nothing while others do, passed over");
        }
    }

    /** Takes the outcome of a call that began at a time, and has been taken off the load. */
    void record(NodeTable all, int index, ServicePace pace, long took, long now, Outcome outcome) {
        NodeHealth health = all.load(index).health();
        if (outcome.alive()) {
            if (outcome == Outcome.ANSWERED && health.state != State.STALLED) {
                pace.answered(took, now);
            }
            if (health.state != State.GOOD || health.failures != 0) {
                alive(all.node(index), health, now);
            }
        } else if (enabled
                && !isHurried(outcome, took, pace)
                && (outcome.nodesFault() || health.state == State.STALLED)) {
            synchronized (health) {
                failed(all, index, now, outcome);
            }
        }
    }

    /** Takes the end of a stream, which was no load since it was opened, and says nothing of how fast calls are. */
    void ended(NodeTable all, int index, long now, Outcome outcome) {
        NodeHealth health = all.load(index).health();
        if (outcome.alive()) {
            alive(all.node(index), health, now);
        } else if (enabled && outcome.nodesFault()) {
            synchronized (health) {
                failed(all, index, now, outcome);
            }
        }
    }

    /** Who gives a call less time than answers take says nothing of the node. */
    private static boolean isHurried(Outcome outcome, long took, ServicePace pace) {
        return outcome == Outcome.TIMED_OUT && took < pace.meanNanos();
    }

    private void alive(Node node, NodeHealth health, long now) {
        synchronized (health) {
            health.failures = 0;
            health.timeouts = 0;
            if (health.state == State.STALLED) {
                change(health, State.GOOD, now);
                if (health.reported) {
                    health.reported = false;
                    lines.about(node.address()).info("selector: " + name(node) + " answers again");
                }
            } else if (health.state == State.SUSPECT || health.state == State.UNREACHABLE) {
                back(node, health, now);
            }
        }
    }

    private void failed(NodeTable all, int index, long now, Outcome outcome) {
        TrackedLoad load = all.load(index);
        NodeHealth health = load.health();
        if (outcome.nodesFault()) {
            int before = health.failures;
            health.failures = before + 1;
            health.timeouts += outcome == Outcome.TIMED_OUT ? 1 : 0;
        }
        if (outcome == Outcome.UNREACHABLE) {
            eject(all.node(index), health, State.UNREACHABLE, now, "could not be reached");
        } else if (health.state == State.SUSPECT || health.state == State.UNREACHABLE) {
            return;
        } else if (health.state == State.STALLED && load.running() == 0) {
            eject(all.node(index), health, State.SUSPECT, now, "has answered nothing");
        } else if (health.timeouts >= options.timeouts() && mayEject(all, health)) {
            eject(
                    all.node(index),
                    health,
                    State.SUSPECT,
                    now,
                    "did not answer " + health.timeouts + " calls in a row in time");
        } else if (health.failures >= options.failures() && mayEject(all, health)) {
            eject(all.node(index), health, State.SUSPECT, now, "failed " + health.failures + " calls in a row");
        }
    }

    private boolean mayEject(NodeTable all, NodeHealth health) {
        return all.roomFor(health.state == State.STALLED ? 0 : 1, options.maxPercent(), changes.get());
    }

    private void eject(Node node, NodeHealth health, State state, long now, String why) {
        if (health.state == state) {
            return;
        }
        if (health.state != State.SUSPECT) {
            long well = Math.max(0, now - health.since)
                    / Math.max(1, options.maxTime().toNanos());
            health.times = (int) Math.max(0, health.times - well);
            Duration time = leaveOut(health, now);
            ejected.increment();
            lines.about(node.address())
                    .warn("selector: " + name(node) + " " + why + ", left out for " + time.toMillis() + " ms");
        }
        health.reported = false;
        change(health, state, now);
    }

    private Duration leaveOut(NodeHealth health, long now) {
        long base = options.baseTime().toNanos();
        long most = Math.max(base, options.maxTime().toNanos());
        health.times = (int) Math.min(health.times + 1L, Math.min(1000, 1 + most / base));
        long time = health.times > most / base ? most : base * health.times;
        health.outUntil(now + time);
        return Duration.ofNanos(time);
    }

    private void probeIfDue(Node node, NodeHealth health, long now) {
        if (health.due(now, PATIENCE_NANOS)) {
            Catching.future("probe", () -> probe.apply(node.address())).onComplete(probed -> {
                synchronized (health) {
                    if (health.isIn()) {
                        return;
                    }
                    if (probed.succeeded()) {
                        back(node, health, timers.nanoTime());
                    } else {
                        leaveOut(health, timers.nanoTime());
                    }
                }
            });
        }
    }

    private void back(Node node, NodeHealth health, long now) {
        long out = TimeUnit.NANOSECONDS.toMillis(now - health.since);
        health.failures = 0;
        health.timeouts = 0;
        change(health, slowStartNanos > 0 ? State.RETURNING : State.GOOD, now);
        lines.about(node.address()).info("selector: " + name(node) + " is used again, after " + out + " ms");
    }

    private boolean change(NodeHealth health, State state, long now) {
        health.since = now;
        health.state = state;
        changes.incrementAndGet();
        return true;
    }

    private static String name(Node node) {
        return node.id().equals(node.address())
                ? "node " + node.address()
                : "node " + node.id() + " at " + node.address();
    }
}
