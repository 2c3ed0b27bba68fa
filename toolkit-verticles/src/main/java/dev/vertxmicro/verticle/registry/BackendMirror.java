package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceFeed;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the backend knows, kept up to date by one watch, so that look-ups never reach the backend and outlive it. Changes are
 * told once each, but for what is there at the start. Confined to one context.
 */
final class BackendMirror {
    private static final System.Logger LOG = System.getLogger(BackendMirror.class.getName());
    private static final RareWarning NOT_READ = RareWarning.of(LOG);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Discovery backend;
    private final BackendHealth health;
    private final Timers timers;
    private final Handler<RegistryChange> listener;
    private final ServiceTable table;
    private final ServiceFeed feed;
    private final UnknownNames unknown;
    private final Outage outage;
    private @Nullable Watch watch;
    private Timer retry = () -> {};
    private Duration pause = FIRST_PAUSE;
    private boolean first = true;
    private boolean complete;
    private boolean closed;

    BackendMirror(Discovery backend, BackendHealth health, Timers timers, Handler<RegistryChange> listener) {
        this.backend = backend;
        this.health = health;
        this.timers = timers;
        this.listener = listener;
        this.table = new ServiceTable(Duration.ZERO, timers, this::told);
        this.feed = new ServiceFeed(table);
        this.unknown = new UnknownNames(timers);
        this.outage = Outage.of(timers);
    }

    /** Begins to watch; completes after the first attempt, however it ended. */
    Future<Void> start() {
        if (closed) {
            return Future.succeededFuture();
        }
        feed.asking();
        return health.observed(watching().compose(open -> backend.list()).compose(names -> fill(names)
                        .onSuccess(filled -> forget(names))))
                .transform(done -> {
                    feed.asked();
                    first = false;
                    complete = done.succeeded();
                    if (done.failed() && !closed) {
                        again(done.cause());
                    } else {
                        outage.over().ifPresent(after -> NOT_READ.info("registry: backend read, back " + after));
                    }
                    return Future.succeededFuture();
                });
    }

    private Future<Watch> watching() {
        Watch open = watch;
        return open != null
                ? Future.succeededFuture(open)
                : Catching.future("registry", () -> backend.watch(feed::changed))
                        .compose(this::watched);
    }

    /** A watch that comes after the end is ended. */
    private Future<Watch> watched(Watch made) {
        if (closed) {
            made.close();
            return Future.failedFuture(MicroException.internal(RegistryHost.ID, "stopped while starting"));
        }
        watch = made;
        return Future.succeededFuture(made);
    }

    private Future<Void> fill(List<String> names) {
        return Parallel.each(names, name -> backend.get(name).onSuccess(found -> feed.answered(name, found)));
    }

    /** Drops what was known of an earlier attempt and is not there any more. */
    private void forget(List<String> names) {
        Set<String> there = new HashSet<>(names);
        table.names().stream().filter(name -> !there.contains(name)).forEach(name -> feed.answered(name, List.of()));
    }

    private void again(Throwable failure) {
        outage.failed();
        NOT_READ.warn(
                "registry: backend not read, tried again in " + pause.toMillis() + " ms: " + failure.getMessage());
        retry = timers.schedule(pause, this::start);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private void told(RegistryChange change) {
        if (!first) {
            listener.handle(change);
        }
    }

    /** Tells whether all that the backend knows has been read. */
    boolean complete() {
        return complete;
    }

    List<ServiceInfo> get(String name) {
        return table.get(name);
    }

    List<String> names() {
        return table.names();
    }

    /** Finds a service. The backend is asked for one that is not known, but not again and again. */
    Future<List<ServiceInfo>> find(String name) {
        if (!complete) {
            return health.observed(backend.get(name));
        }
        List<ServiceInfo> known = table.get(name);
        if (!known.isEmpty() || !unknown.mayAsk(name)) {
            return Future.succeededFuture(known);
        }
        return health.observed(ask(name))
                .onFailure(failure -> unknown.forget(name))
                .map(asked -> table.get(name));
    }

    /** Asks the backend about one service again, if what was done there shall be seen here and is not yet. */
    Future<Void> settle(ServiceInfo single, boolean there) {
        if (!complete || shows(single) == there) {
            return Future.succeededFuture();
        }
        return ask(single.name()).otherwiseEmpty();
    }

    private Future<Void> ask(String name) {
        feed.asking();
        return backend.get(name).transform(found -> {
            if (found.succeeded()) {
                feed.answered(name, found.result());
            }
            feed.asked();
            return found.succeeded() ? Future.succeededFuture() : Future.failedFuture(found.cause());
        });
    }

    private boolean shows(ServiceInfo single) {
        return table.get(single.name()).stream()
                .filter(version -> version.version().equals(single.version()))
                .anyMatch(version -> version.nodes().stream()
                        .anyMatch(node -> node.id().equals(single.nodes().get(0).id())));
    }

    void close() {
        closed = true;
        retry.cancel();
        Watch open = watch;
        if (open != null) {
            open.close();
        }
    }
}
