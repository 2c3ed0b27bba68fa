package dev.vertxmicro.registry.zookeeper.watch;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.registry.zookeeper.wire.ZnodePaths;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.data.Stat;

/**
 * Follows one folder or all by a recursive watch. Whatever the watch tells of is read; after each reconnection
 * everything is read anew, as ZooKeeper does not tell what such a watch has missed. What is missing then has gone, but
 * where ZooKeeper has another memory than before it is kept for the grace. Confined to the context of the registry.
 */
final class ZnodeWatch {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(ZnodeWatch.class));
    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 5000;
    private static final int DOUBLINGS = 5;

    /** The memory of ZooKeeper: which base it has, and what it has done with it. */
    private record Memory(long made, long madeAt, long changed) {
        static final Memory NONE = new Memory(0, 0, 0);

        static Memory of(Stat stat) {
            return new Memory(stat.getCzxid(), stat.getCtime(), stat.getPzxid());
        }

        boolean follows(Memory before) {
            return before.equals(NONE) || (made == before.made && madeAt == before.madeAt && changed >= before.changed);
        }
    }

    private final ZookeeperSession session;
    private final ZnodePaths paths;
    private final Executor context;
    private final Timers timers;
    private final Optional<String> only;
    private final ServiceTable table;
    private final ZnodeMirror mirror;
    private final ZnodeReader reader;
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final Set<String> reading = new HashSet<>();
    private final org.apache.zookeeper.Watcher told = this::told;
    private final Future<Void> ready;
    private Memory memory = Memory.NONE;
    private int failures;
    private boolean loading;
    private boolean again;
    private boolean planned;
    private boolean stopped;

    /** Begins to follow: one folder, or all. */
    ZnodeWatch(WatchParts parts, Optional<String> only) {
        this.session = parts.session();
        this.paths = parts.paths();
        this.context = parts.context();
        this.timers = parts.timers();
        this.only = only;
        this.table = new ServiceTable(parts.grace(), timers, this::tell);
        this.mirror = new ZnodeMirror(table);
        this.reader = new ZnodeReader(session, paths);
        this.ready = load();
    }

    private void tell(RegistryChange change) {
        if (!stopped) { // what is let go later has been kept for nobody
            List.copyOf(watchers).forEach(watcher -> watcher.tell(change));
        }
    }

    Future<Void> ready() {
        return ready;
    }

    ServiceTable table() {
        return table;
    }

    Set<Watcher> watchers() {
        return watchers;
    }

    private String root() {
        return only.map(folder -> paths.path(folder)).orElseGet(paths::base);
    }

    /** There is a connection again: what was missed is read. */
    void reconnected() {
        if (stopped) {
            return;
        }
        if (loading) {
            again = true;
            return;
        }
        load().onComplete(done -> {
            if (done.succeeded()) {
                failures = 0;
            } else if (!stopped) {
                FAILED.warn("zookeeper: watch of " + root() + " interrupted, read again: "
                        + done.cause().getMessage());
                long pause = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
                failures++;
                later(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
            }
        });
    }

    private void later(long millis) {
        if (!planned) {
            planned = true;
            timers.schedule(
                    Duration.ofMillis(millis),
                    () -> context.execute(() -> {
                        planned = false;
                        reconnected();
                    }));
        }
    }

    private Future<Void> load() {
        loading = true;
        again = false;
        mirror.hold();
        // Answered in this order, so that what is listed is not older than the watch.
        Future<Void> watching = watch();
        Future<Void> remembered = remember();
        Future<List<String>> listed =
                only.map(folder -> Future.succeededFuture(List.of(folder))).orElseGet(reader::folders);
        return Future.all(watching, remembered, listed)
                .map(all -> listed.result())
                .compose(folders -> {
                    Set<String> there = Set.copyOf(folders);
                    mirror.folders().stream()
                            .filter(folder -> !there.contains(folder))
                            .forEach(folder -> mirror.listed(folder, List.of()));
                    return ZnodeReader.each(folders, this::loadFolder);
                })
                // What could be read is told, whatever could not.
                .transform(read -> mirror.release(context)
                        .compose(told ->
                                read.succeeded() ? Future.<Void>succeededFuture() : Future.failedFuture(read.cause())))
                .onComplete(done -> {
                    loading = false;
                    if (again) {
                        again = false;
                        context.execute(this::reconnected);
                    }
                });
    }

    private Future<Void> watch() {
        return session.call((client, answer) -> client.watchers()
                        .add()
                        .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
                        .inBackground(answer)
                        .usingWatcher(told)
                        .forPath(root()))
                .mapEmpty();
    }

    private Future<Void> remember() {
        return session.call((client, answer) ->
                        client.checkExists().inBackground(answer).forPath(paths.base()))
                .map(event -> {
                    Stat stat = event.getStat();
                    Memory now = stat == null ? Memory.NONE : Memory.of(stat);
                    if (!now.follows(memory)) {
                        table.interrupted();
                    }
                    memory = now.equals(Memory.NONE) ? memory : now;
                    return null;
                });
    }

    private Future<Void> loadFolder(String folder) {
        Future<List<String>> listed =
                only.isPresent() ? reader.children(paths.path(folder)) : reader.childrenOfAny(folder);
        return listed.compose(children -> {
            mirror.listed(folder, children);
            return ZnodeReader.each(
                    children, child -> reader.read(folder, child).map(read -> {
                        mirror.read(folder, child, read);
                        return null;
                    }));
        });
    }

    /** On ZooKeeper's own thread. */
    private void told(WatchedEvent event) {
        if (event.getPath() != null) {
            context.execute(() -> changed(event.getPath()));
        }
    }

    private void changed(String path) {
        Optional<String[]> parts = paths.parts(path);
        if (stopped || parts.isEmpty() || parts.get().length != 2 || !ZnodePaths.fits(parts.get()[0])) {
            return;
        }
        if (!reading.add(path)) {
            return;
        }
        // Between this and the answer no further one is asked for: that is sent later than all that was told by now.
        context.execute(() -> read(path, parts.get()[0], parts.get()[1]));
    }

    private void read(String path, String folder, String child) {
        reading.remove(path);
        reader.read(folder, child)
                .onSuccess(read -> mirror.read(folder, child, read))
                .onFailure(failure -> later(FIRST_MILLIS));
    }

    /** Takes nothing any more; those who watched are told nothing more, not even what was kept for the grace. */
    void stop() {
        stopped = true;
        watchers.forEach(Watcher::close);
        watchers.clear();
    }

    /** Ends it, and tells the servers so. */
    void leave() {
        stop();
        session.call((client, answer) ->
                client.watchers().remove(told).inBackground(answer).forPath(root()));
    }
}
