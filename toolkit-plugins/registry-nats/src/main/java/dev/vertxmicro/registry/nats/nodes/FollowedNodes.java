package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One service, or all, followed for those who watch. A node whose time is over, or that an answer left out, is asked for twice before it
 * is taken to be gone; while nobody answers at all, nothing is. Confined to one context.
 */
final class FollowedNodes implements NatsBackend.Feed {
    private static final RareWarning FULL = RareWarning.of(System.getLogger(FollowedNodes.class.getName()));
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final int MOST_NODES = 100_000;

    private final NodeFollowSettings settings;
    private final NatsBackend backend;
    private final Optional<String> name;
    private final NodeDeadlines deadlines;
    private final ServiceTable table;
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final Future<Void> ready;
    private Runnable end = () -> {};
    private boolean checking;
    private boolean resyncing;
    private boolean resyncAgain;
    private boolean stopped;
    private long timer = -1;
    private long timerDue;

    FollowedNodes(NodeFollowSettings settings, NatsBackend backend, Optional<String> name) {
        this.settings = settings;
        this.backend = backend;
        this.name = name;
        this.deadlines = new NodeDeadlines(settings.timers()::nanoTime);
        this.table = new ServiceTable(settings.grace(), settings.timers(), this::tell);
        this.ready = backend.follow(name, this).compose(ending -> {
            end = ending;
            if (stopped) {
                ending.run();
            }
            return backend.ask(name, this::told);
        });
    }

    private void tell(RegistryChange change) {
        if (!stopped) { // what is let go later has been kept for nobody
            List.copyOf(watchers).forEach(watcher -> watcher.tell(change));
        }
    }

    Set<Watcher> watchers() {
        return watchers;
    }

    Future<Void> ready() {
        return ready;
    }

    ServiceTable table() {
        return table;
    }

    @Override
    public void told(ToldNode node) {
        ServiceInfo service = node.service();
        if (stopped || (name.isPresent() && !name.get().equals(service.name()))) {
            return;
        }
        Duration holds = node.ttl().isZero() ? settings.refresh() : node.ttl();
        for (Node each : service.nodes()) {
            ServiceInfo single = service.withNodes(List.of(each));
            NatsNodeKey key = NatsNodeKey.of(single);
            if (!deadlines.knows(key) && deadlines.size() >= MOST_NODES) {
                FULL.warn("nats: more than " + MOST_NODES + " nodes, further ones are left out");
                return;
            }
            deadlines.heard(key, holds);
            table.changed(new RegistryChange(Action.CREATE, single));
        }
        plan(holds);
    }

    @Override
    public void gone(ServiceInfo service) {
        if (stopped || (name.isPresent() && !name.get().equals(service.name()))) {
            return;
        }
        if (service.nodes().isEmpty()) {
            deadlines.forgetVersion(service.name(), service.version());
        }
        service.nodes().forEach(node -> deadlines.forget(NatsNodeKey.of(service.withNodes(List.of(node)))));
        table.changed(new RegistryChange(Action.DELETE, service));
    }

    /** The backend was away, and may have forgotten all: what it does not tell again is kept until the grace is over. */
    void interrupted() {
        table.interrupted();
        missed();
    }

    /** Asks for everything; what is not told again is due. */
    @Override
    public void missed() {
        resync(Duration.ZERO);
    }

    /** The connection was away for a moment: what is not told again is due soon, when the others are connected again, too. */
    void resumed() {
        resync(MOMENT);
    }

    private void resync(Duration pause) {
        if (stopped) {
            return;
        }
        if (resyncing) {
            resyncAgain = true;
            return;
        }
        resyncing = true;
        resyncAgain = false;
        long begin = settings.timers().nanoTime();
        backend.ask(name, this::told).onComplete(asked -> {
            resyncing = false;
            if (asked.succeeded()) {
                deadlines.dueUnlessHeardSince(begin, pause);
                plan(pause);
            }
            if (resyncAgain) {
                resync(pause);
            } else if (asked.failed()) {
                settings.timers().schedule(AGAIN, () -> resync(pause));
            }
        });
    }

    /** Looks for nodes that are due in this time at the latest. */
    private void plan(Duration within) {
        long due = settings.timers().nanoTime()
                + Math.max(SHORTEST.toNanos(), Math.min(LONGEST.toNanos(), within.toNanos()));
        if (checking || stopped || (timer >= 0 && timerDue - due <= 0)) {
            return;
        }
        settings.vertx().cancelTimer(timer);
        timerDue = due;
        long millis = Duration.ofNanos(due - settings.timers().nanoTime()).toMillis() + 1;
        timer = settings.vertx().setTimer(Math.max(1, millis), now -> {
            timer = -1;
            check();
        });
    }

    private void check() {
        Set<String> due = deadlines.due();
        if (due.isEmpty()) {
            plan(deadlines.untilNext(LONGEST));
            return;
        }
        checking = true;
        long begin = settings.timers().nanoTime();
        Optional<String> asked = due.size() == 1 ? Optional.of(due.iterator().next()) : name;
        Set<String> answered = new LinkedHashSet<>(due);
        backend.ask(asked, this::told).onComplete(done -> {
            checking = false;
            if (done.succeeded()) {
                answered.forEach(each -> drop(each, begin));
                plan(deadlines.due().isEmpty() ? deadlines.untilNext(LONGEST) : SHORTEST);
            } else {
                plan(AGAIN);
            }
        });
    }

    private void drop(String service, long begin) {
        Set<NatsNodeKey> lost = deadlines.lost(service, begin);
        if (lost.isEmpty()) {
            return;
        }
        lost.forEach(deadlines::forget);
        table.seen(
                service,
                table.get(service).stream()
                        .map(version -> version.withNodes(version.nodes().stream()
                                .filter(node -> !lost.contains(new NatsNodeKey(service, version.version(), node.id())))
                                .toList()))
                        .toList());
    }

    void stop() {
        stopped = true;
        settings.vertx().cancelTimer(timer);
        end.run();
    }
}
