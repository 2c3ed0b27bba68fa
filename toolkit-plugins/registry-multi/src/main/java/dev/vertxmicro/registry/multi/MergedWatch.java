package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/**
 * One watch of several registries, of a service or of all: a node is told when the first of them knows it, and gone when none does any more.
 * Shared by all who watch the same; confined to the context of its registry.
 */
final class MergedWatch {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(MergedWatch.class));

    private final List<MemberView> views;
    private final ServiceTable told;
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Future<Void> ready;
    private final Runnable end;
    private boolean telling;

    /**
     * Begins to watch.
     *
     * @param name of the service; empty for all
     * @param end  run once nobody watches any more
     */
    MergedWatch(List<Member> members, Optional<String> name, Timers timers, Duration patience, Runnable end) {
        this.end = end;
        told = new ServiceTable(Duration.ZERO, timers, this::tell);
        views = members.stream()
                .map(member -> new MemberView(member, name, timers, change -> changed(member, change), this::tellSoFar))
                .toList();
        ready = Answers.<Void>of(timers, patience, members, begun -> true, member -> view(member)
                        .begin())
                .compose(this::begun);
    }

    private MemberView view(Member member) {
        return views.stream()
                .filter(view -> view.member() == member)
                .findFirst()
                .orElseThrow();
    }

    private Future<Void> begun(Answers<Void> answers) {
        if (!answers.anySucceeded()) {
            return Future.failedFuture(answers.failure());
        }
        Set<String> names = new TreeSet<>();
        views.forEach(view -> names.addAll(view.names()));
        names.forEach(name -> told.seen(name, merged(name)));
        telling = true;
        waiting.clear();
        return Future.succeededFuture();
    }

    /** Tells one who waits for this to begin what is known already, and what is known next. */
    void whileBeginning(Handler<List<ServiceInfo>> soFar, Executor context) {
        if (!telling) {
            Waiting one = new Waiting(soFar, context);
            waiting.add(one);
            one.tell(soFar());
        }
    }

    private List<ServiceInfo> soFar() {
        return Precedence.merged(views.stream().map(MemberView::soFar).toList());
    }

    private void tellSoFar() {
        if (!telling && !waiting.isEmpty()) {
            List<ServiceInfo> known = soFar();
            waiting.forEach(one -> one.tell(known));
        }
    }

    private record Waiting(Handler<List<ServiceInfo>> handler, Executor context) {
        void tell(List<ServiceInfo> known) {
            if (!known.isEmpty()) {
                context.execute(() -> {
                    try {
                        handler.handle(known);
                    } catch (Throwable e) {
                        FAILED.warn("registry watcher failed", e);
                    }
                });
            }
        }
    }

    /** Completes when it has begun; fails where no registry can be watched. */
    Future<Void> ready() {
        return ready;
    }

    private List<ServiceInfo> merged(String name) {
        return Precedence.merged(views.stream().map(view -> view.get(name)).toList());
    }

    private void changed(Member member, RegistryChange change) {
        if (!telling) {
            return;
        }
        ServiceInfo service = change.service();
        for (Node node : service.nodes()) {
            Optional<MemberView> first = views.stream()
                    .filter(view -> view.knows(service.name(), node.id()))
                    .findFirst();
            if (first.isEmpty()) {
                forget(service.name(), node.id(), Optional.empty());
            } else if (change.action() != Action.DELETE && first.get().member() == member) {
                forget(service.name(), node.id(), Optional.of(service.version()));
                told.changed(new RegistryChange(change.action(), service.withNodes(List.of(node))));
            }
            // one that goes where it was known first stays as it was told: another one may know of it what is older
        }
    }

    private void forget(String service, String id, Optional<String> exceptVersion) {
        for (ServiceInfo version : told.get(service)) {
            List<Node> gone = version.nodes().stream()
                    .filter(node -> node.id().equals(id))
                    .toList();
            if (!gone.isEmpty() && !exceptVersion.equals(Optional.of(version.version()))) {
                told.changed(new RegistryChange(Action.DELETE, version.withNodes(gone)));
            }
        }
    }

    private void tell(RegistryChange change) {
        if (telling) {
            List.copyOf(watchers).forEach(watcher -> watcher.tell(change));
        }
    }

    /** What a registry knew last of a service. */
    List<ServiceInfo> known(Member member, String service) {
        return view(member).get(service);
    }

    /** Takes part from now on. */
    void add(Watcher watcher) {
        watchers.add(watcher);
    }

    /** Gives what one who takes part ends it with, on the context. */
    Watch watch(Watcher watcher, Executor context) {
        return watcher.watch(() -> context.execute(() -> remove(watcher)));
    }

    private void remove(Watcher watcher) {
        if (watchers.remove(watcher) && watchers.isEmpty()) {
            end.run();
        }
    }

    /** Ends it. */
    void close() {
        telling = false;
        waiting.clear();
        views.forEach(MemberView::close);
        watchers.forEach(Watcher::close);
        watchers.clear();
    }
}
