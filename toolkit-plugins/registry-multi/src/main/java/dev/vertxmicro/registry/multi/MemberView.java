package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceFeed;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What one registry knows of a service, or of all, kept by a watch: what it knew before that is looked up, and what comes then is followed.
 * Where it cannot be watched it is tried again, later and later. Confined to the context of its registry.
 */
final class MemberView {
    /** Services that are looked up at once, when all are watched. */
    private static final int AT_ONCE = 16;

    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;
    private static final int DOUBLINGS = 6;

    private final Member member;
    private final Optional<String> name;
    private final Timers timers;
    private final Executor context;
    private final ServiceTable table;
    private final ServiceFeed feed;
    private final Runnable soFar;
    private List<ServiceInfo> early = List.of();
    private @Nullable Watch watch;
    private @Nullable Timer again;
    private int failures;
    private int attempt;
    private boolean closed;

    /**
     * Makes one that has not begun.
     *
     * @param name     of the service; empty for all
     * @param listener is told what it knows otherwise than before, node by node
     * @param soFar    run while it begins, when it knows more of the service than before
     */
    MemberView(Member member, Optional<String> name, Timers timers, Handler<RegistryChange> listener, Runnable soFar) {
        this.member = member;
        this.name = name;
        this.timers = timers;
        this.context = timers.callerContext();
        this.soFar = soFar;
        this.table = new ServiceTable(Duration.ZERO, timers, listener);
        this.feed = new ServiceFeed(table);
    }

    Member member() {
        return member;
    }

    List<ServiceInfo> get(String service) {
        return table.get(service);
    }

    /** What it knows of the one service that it watches, though it may still be beginning. */
    List<ServiceInfo> soFar() {
        List<ServiceInfo> known = name.map(table::get).orElse(List.of());
        return known.isEmpty() ? early : known;
    }

    boolean knows(String service, String node) {
        return table.get(service).stream()
                .flatMap(version -> version.nodes().stream())
                .anyMatch(known -> known.id().equals(node));
    }

    List<String> names() {
        return table.names();
    }

    /** Begins; fails where the first attempt does, which is followed by others, unless it was refused. */
    Future<Void> begin() {
        int mine = ++attempt;
        Registry registry = member.registry();
        feed.asking();
        Handler<RegistryChange> handler = change -> {
            if (!closed && mine == attempt) {
                feed.changed(change);
            }
        };
        Handler<List<ServiceInfo>> first = known -> {
            if (!closed && mine == attempt) {
                early = known;
                soFar.run();
            }
        };
        return member.ask(
                        () -> (name.isPresent() ? registry.watch(name.get(), handler, first) : registry.watch(handler))
                                .map(begun -> kept(begun, mine)))
                .compose(begun -> name.isPresent() ? look(name.get()) : lookAtAll())
                .onComplete(done -> {
                    feed.asked();
                    early = List.of();
                    if (done.succeeded()) {
                        failures = 0;
                        soFar.run();
                    } else if (!closed && mine == attempt) {
                        failed(done.cause());
                    }
                });
    }

    /** A watch that begins when nobody waits for it any more is none. */
    private Watch kept(Watch begun, int mine) {
        if (closed || mine != attempt) {
            begun.close();
        } else {
            watch = begun;
        }
        return begun;
    }

    /** One name that it does not take is one that it knows nothing of: it has taken the watch. */
    private Future<Void> look(String service) {
        return member.ask(() -> member.registry().get(service))
                .recover(failure -> {
                    if (!Member.refused(failure)) {
                        return Future.failedFuture(failure);
                    }
                    member.unread(service + " watched", failure);
                    return Future.succeededFuture(List.of());
                })
                .map(versions -> {
                    feed.answered(service, versions);
                    return null;
                });
    }

    private Future<Void> lookAtAll() {
        return member.ask(() -> member.registry().list()).compose(names -> {
            TreeSet<String> all = new TreeSet<>(names);
            all.addAll(table.names());
            Promise<Void> looked = Promise.promise();
            next(new ArrayDeque<>(all), looked);
            return looked.future();
        });
    }

    private void next(Deque<String> waiting, Promise<Void> looked) {
        if (closed || waiting.isEmpty()) {
            looked.tryComplete();
            return;
        }
        List<Future<Void>> some = new ArrayList<>();
        while (some.size() < AT_ONCE && !waiting.isEmpty()) {
            some.add(look(waiting.removeFirst()));
        }
        Future.all(some)
                .onSuccess(done -> context.execute(() -> next(waiting, looked)))
                .onFailure(looked::tryFail);
    }

    private void failed(Throwable cause) {
        attempt++;
        stop();
        if (Member.refused(cause)) {
            return;
        }
        member.unread(name.map(service -> service + " watched").orElse("services watched"), cause);
        long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, DOUBLINGS));
        failures++;
        long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        again = timers.schedule(Duration.ofMillis(jittered), () -> {
            if (!closed) {
                begin();
            }
        });
    }

    private void stop() {
        Watch begun = watch;
        watch = null;
        if (begun != null) {
            begun.close();
        }
        Timer planned = again;
        again = null;
        if (planned != null) {
            planned.cancel();
        }
    }

    /** Ends it. */
    void close() {
        closed = true;
        stop();
    }
}
