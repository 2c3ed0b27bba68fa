package dev.vertxmicro.registry.zookeeper.watch;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.registry.zookeeper.wire.ZnodePaths;
import dev.vertxmicro.registry.zookeeper.wire.ZnodeValue;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is looked up, and what is followed, for as long as somebody watches. Confined to the context of the registry.
 */
public final class ZnodeWatches {
    /** Beyond so many folders further services are picked from a watch of all. */
    private static final int MOST_SINGLE = 64;

    private final WatchParts parts;
    private final ZnodeReader reader;
    private final Map<String, ZnodeWatch> folders = new TreeMap<>();
    private @Nullable ZnodeWatch all;

    /**
     * Follows nothing yet.
     *
     * @param parts of the registry
     */
    public ZnodeWatches(WatchParts parts) {
        this.parts = parts;
        this.reader = new ZnodeReader(parts.session(), parts.paths());
    }

    /** There is a connection, after there was none. */
    public void reconnected() {
        List.copyOf(folders.values()).forEach(ZnodeWatch::reconnected);
        if (all != null) {
            all.reconnected();
        }
    }

    /**
     * Watches all services.
     *
     * @param watcher told of changes when the future has completed
     * @return the watch; fails with 500 if ZooKeeper cannot tell
     */
    public Future<Watch> all(Watcher watcher) {
        ZnodeWatch followed = all;
        if (followed == null) {
            followed = new ZnodeWatch(parts, Optional.empty());
            all = followed;
        }
        return join(followed, watcher);
    }

    /**
     * Watches one service.
     *
     * @param name    of the service
     * @param watcher told of changes of it and of others when the future has completed
     * @return the watch; fails with 500 if ZooKeeper cannot tell
     */
    public Future<Watch> one(String name, Watcher watcher) {
        checkName(name);
        String folder = ZnodePaths.folder(name);
        if (!folders.containsKey(folder) && folders.size() >= MOST_SINGLE) {
            return all(watcher);
        }
        return join(folders.computeIfAbsent(folder, key -> new ZnodeWatch(parts, Optional.of(key))), watcher);
    }

    private static void checkName(String name) {
        if (!ZnodePaths.fits(name)) {
            throw MicroException.badRequest(
                    ZookeeperSession.ERROR_ID, "name: " + name + " (expected: a name that fits into a path)");
        }
    }

    private Future<Watch> join(ZnodeWatch followed, Watcher watcher) {
        return followed.ready()
                .map(ready -> {
                    followed.watchers().add(watcher);
                    return watcher.watch(() -> parts.context().execute(() -> {
                        followed.watchers().remove(watcher);
                        endIfIdle(followed);
                    }));
                })
                .onFailure(failure -> endIfIdle(followed));
    }

    private void endIfIdle(ZnodeWatch followed) {
        if (followed.watchers().isEmpty()) {
            boolean known = folders.values().removeIf(each -> each == followed);
            if (all == followed) {
                all = null;
                known = true;
            }
            if (known) {
                followed.leave();
            }
        }
    }

    /**
     * Finds a service: by what is followed, else by asking.
     *
     * @param name of the service
     * @return what there is; fails with 500 if ZooKeeper cannot tell
     */
    public Future<List<ServiceInfo>> find(String name) {
        checkName(name);
        String folder = ZnodePaths.folder(name);
        ZnodeWatch single = folders.get(folder);
        ZnodeWatch followed = single != null && single.ready().succeeded() ? single : synced();
        if (followed != null) {
            return Future.succeededFuture(followed.table().get(name));
        }
        return reader.all(folder).map(found -> {
            ServiceTable merging = new ServiceTable(Duration.ZERO, parts.timers(), change -> {});
            merging.seen(name, ZnodeValue.named(name, found));
            return merging.get(name);
        });
    }

    /**
     * Names all services: by what is followed, else by asking.
     *
     * @return the names, sorted; fails with 500 if ZooKeeper cannot tell
     */
    public Future<List<String>> names() {
        ZnodeWatch followed = synced();
        Future<List<String>> known =
                followed != null ? Future.succeededFuture(followed.table().names()) : reader.services();
        return known.map(names -> names.stream().sorted().toList());
    }

    private @Nullable ZnodeWatch synced() {
        ZnodeWatch known = all;
        return known != null && known.ready().succeeded() ? known : null;
    }

    /** Ends all; what the session held ends with it. */
    public void stop() {
        folders.values().forEach(ZnodeWatch::stop);
        folders.clear();
        if (all != null) {
            all.stop();
            all = null;
        }
    }
}
