package dev.vertxmicro.verticle.node;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.node.HandlerNode.State;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Knows the processes of the cluster, which handlers they have, and how well they are: by what they tell when they come and go, and by
 * asking each every 2 s, those where calls run every 500 ms. Soft state: who is missed by all that is found within 5 s. May be used
 * from any thread.
 */
final class MemberDirectory {
    private static final Duration TICK = Duration.ofMillis(500);
    private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int TICKS_A_SEARCH = 10;
    /** A node that owes answers says something within so long, a ping between them if need be, or others are called. */
    private static final long SUSPICIOUS_NANOS = Duration.ofMillis(10).toNanos();

    private static final Duration PATIENCE = Duration.ofMillis(20);
    /** Questions without an answer, of one second each, after which calls are given up. */
    private static final int MOST_UNANSWERED = 5;

    private static final System.Logger LOG = LateLogger.of(MemberDirectory.class);

    private final Line line;
    private final Timers timers;
    private final RareWarnings lines;
    private final Map<String, HandlerNode> nodes = new ConcurrentHashMap<>();
    private final Set<String> handlers = ConcurrentHashMap.newKeySet();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, Set<HandlerNode>> offers = new ConcurrentHashMap<>();
    private int ticks;
    private @Nullable Timer timer;
    private boolean stopped;

    /** How agents are asked. */
    interface Line {

        /**
         * Asks one for a sign of life.
         *
         * @return its answer; fails within a second, as unreachable if there is nobody
         */
        Future<JsonObject> ping(String address, JsonObject question);

        /** Waits no more for whatever was asked of one. */
        void giveUp(String address, MicroException why);

        /** Asks all to tell who they are. */
        void who();
    }

    /** Is told how the nodes change that serve a handler. */
    interface Watcher {
        void changed(Action action, String handler, HandlerNode node);
    }

    MemberDirectory(Line line, Timers timers) {
        this.line = line;
        this.timers = timers;
        this.lines = new RareWarnings(LOG, timers);
    }

    synchronized void start() {
        if (!stopped && timer == null) {
            tick();
        }
    }

    synchronized void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private synchronized void tick() {
        if (stopped) {
            return;
        }
        timer = timers.schedule(TICK, this::tick);
        if (ticks++ % TICKS_A_SEARCH == 0) {
            line.who();
        }
        nodes.values().forEach(this::askIfDue);
    }

    /** Looks for further handlers, from now on. */
    synchronized void lookFor(List<String> further) {
        if (handlers.addAll(further)) {
            nodes.values().forEach(node -> {
                node.known = false;
                askIfDue(node);
            });
        }
    }

    void add(Watcher watcher) {
        watchers.add(watcher);
    }

    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Gives the node of an agent, null if it is not known. */
    @Nullable
    HandlerNode node(String address) {
        return nodes.get(address);
    }

    /** The nodes where a handler may be called now. */
    Set<HandlerNode> offering(String handler) {
        return offers.getOrDefault(handler, Set.of());
    }

    /** Tells whether a handler was seen somewhere, though it may not be called there now. */
    boolean knows(String handler) {
        return nodes.values().stream().anyMatch(node -> node.handlers.contains(handler));
    }

    /** Hears what an agent tells of itself. */
    synchronized void announced(JsonObject said) {
        String address = said.getString("address", "");
        if (address.isEmpty() || stopped) {
            return;
        }
        if (NodeAgent.DOWN.equals(said.getString("action"))) {
            HandlerNode known = nodes.get(address);
            if (known != null) {
                known.leaving = true;
                settle();
            }
            return;
        }
        HandlerNode node = nodes.computeIfAbsent(
                address,
                key -> new HandlerNode(said.getString("node", ""), address, said.getString("process", "unknown")));
        askIfDue(node);
    }

    /** Hears that nobody was at an agent's address. */
    synchronized void notThere(HandlerNode node) {
        node.absences = Math.max(1, node.absences);
        node.state = State.SILENT;
        settle();
        node.known = false;
        askIfDue(node);
    }

    /** Hears that a handler is not where it was. */
    synchronized void absent(HandlerNode node, String handler) {
        if (node.handlers.contains(handler)) {
            Set<String> others = new HashSet<>(node.handlers);
            others.remove(handler);
            node.handlers = Set.copyOf(others);
            settle();
        }
    }

    /** A call goes there: if others wait there, and it says nothing, it is asked for a sign of life, and left out if it gives none. */
    void calling(HandlerNode node) {
        if (node.silentNanos(timers.nanoTime()) >= SUSPICIOUS_NANOS && node.suspected.compareAndSet(false, true)) {
            suspect(node);
        }
    }

    private synchronized void suspect(HandlerNode node) {
        if (!node.asking && !stopped) {
            ask(node, false);
        }
        timers.schedule(PATIENCE, () -> suspected(node));
    }

    private synchronized void suspected(HandlerNode node) {
        node.suspected.set(false);
        boolean silent = node.silentNanos(timers.nanoTime()) >= SUSPICIOUS_NANOS + PATIENCE.toNanos();
        if (silent && node.state == State.WELL) {
            node.state = State.SILENT;
            settle();
        }
    }

    private void askIfDue(HandlerNode node) {
        boolean full = !node.known || timers.nanoTime() - node.fullAt >= CHECK_NANOS;
        boolean due = full || node.isBusy() || node.state != State.WELL;
        if (!node.asking && due) {
            ask(node, full);
        }
    }

    private void ask(HandlerNode node, boolean full) {
        long now = timers.nanoTime();
        node.asking = true;
        JsonObject question = new JsonObject();
        Set<String> asked = full ? Set.copyOf(handlers) : Set.of();
        if (full) {
            node.fullAt = now;
            node.known = true;
            question.put("handlers", new JsonArray(List.copyOf(asked)));
        }
        line.ping(node.address, question).onComplete(answer -> answered(node, full, asked, answer));
    }

    private synchronized void answered(
            HandlerNode node, boolean full, Set<String> asked, AsyncResult<JsonObject> answer) {
        node.asking = false;
        if (answer.succeeded()) {
            well(node, full, asked, answer.result());
        } else if (answer.cause() instanceof MicroException why && why.fault() == Fault.UNREACHABLE) {
            nobodyThere(node);
        } else {
            unanswered(node, full);
        }
    }

    private void well(HandlerNode node, boolean full, Set<String> asked, JsonObject said) {
        if (node.state == State.LOST) {
            lines.about(node.id).info("handlers: " + node + " answers again");
        }
        node.heard(timers.nanoTime());
        node.state = State.WELL;
        node.absences = 0;
        node.unanswered = 0;
        node.leaving |= said.getBoolean(NodeAgent.LEAVING, false);
        if (full) {
            Set<String> there = new HashSet<>();
            said.getJsonArray("there", new JsonArray()).forEach(handler -> there.add(String.valueOf(handler)));
            there.retainAll(asked);
            node.handlers = Set.copyOf(there);
        }
        settle();
        if (full && !handlers.equals(asked)) {
            node.known = false;
            askIfDue(node);
        }
    }

    private void nobodyThere(HandlerNode node) {
        node.absences++;
        if (node.absences > 1) {
            nodes.remove(node.address);
            giveUp(node, "has ended");
        } else {
            node.state = State.SILENT;
            node.known = false;
            timers.schedule(TICK.dividedBy(4), () -> again(node));
        }
        settle();
    }

    private synchronized void again(HandlerNode node) {
        if (!stopped) {
            askIfDue(node);
        }
    }

    private void unanswered(HandlerNode node, boolean full) {
        node.unanswered++;
        node.known &= !full;
        if (node.unanswered == MOST_UNANSWERED) {
            node.state = State.LOST;
            lines.about(node.id).warn("handlers: " + node + " answers nothing, calls there are given up");
        } else if (node.state == State.WELL) {
            node.state = State.SILENT;
        }
        if (node.state == State.LOST) {
            giveUp(node, "answers nothing");
        }
        settle();
    }

    private void giveUp(HandlerNode node, String why) {
        if (node.isBusy()) {
            line.giveUp(
                    node.address,
                    MicroException.internal("go.micro.client.transport", node + " " + why)
                            .withFault(Fault.BROKEN));
        }
    }

    /** Tells the watchers what has become of the offers. */
    private void settle() {
        for (String handler : handlers) {
            Set<HandlerNode> now = best(handler);
            Set<HandlerNode> before = now.isEmpty() ? offers.remove(handler) : offers.put(handler, now);
            tell(handler, before == null ? Set.of() : before, now);
        }
    }

    /** Those that answer, or those that have not for a moment where there are no others. */
    private Set<HandlerNode> best(String handler) {
        Set<HandlerNode> well = new LinkedHashSet<>();
        Set<HandlerNode> silent = new LinkedHashSet<>();
        for (HandlerNode node : nodes.values()) {
            if (node.handlers.contains(handler) && !node.leaving && node.state != State.LOST) {
                (node.state == State.WELL ? well : silent).add(node);
            }
        }
        return well.isEmpty() ? silent : well;
    }

    private void tell(String handler, Set<HandlerNode> before, Set<HandlerNode> now) {
        if (before.equals(now)) {
            return;
        }
        for (HandlerNode node : now) {
            if (!before.contains(node)) {
                if (node.isNew(handler)) {
                    lines.about(node.id + handler).info("handlers: " + handler + " is at " + node);
                }
                watchers.forEach(watcher -> watcher.changed(Action.CREATE, handler, node));
            }
        }
        for (HandlerNode node : before) {
            if (!now.contains(node)) {
                watchers.forEach(watcher -> watcher.changed(Action.DELETE, handler, node));
            }
        }
    }
}
