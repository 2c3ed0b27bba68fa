package dev.vertxmicro.registry.zookeeper.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.zookeeper.wire.ZnodeValue;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * What the folders hold, as far as was read, and the table that is told of it. Bounded. Confined to the context of the
 * registry.
 */
final class ZnodeMirror {
    /** Of services of all kinds; what is beyond is left out. */
    private static final int MOST_NODES = 100_000;

    private static final int FOLDERS_A_TURN = 100;

    private static final RareWarning FULL = RareWarning.of(LateLogger.of(ZnodeMirror.class));

    private final ServiceTable table;
    private final Map<String, Map<String, ServiceInfo>> folders = new HashMap<>();
    private final Map<String, Set<String>> told = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean held;
    private int nodes;

    ZnodeMirror(ServiceTable table) {
        this.table = table;
    }

    /** Tells the table nothing until it is released. */
    void hold() {
        held = true;
    }

    /**
     * Tells the table all that has changed meanwhile, some folders in a turn of the context.
     *
     * @param context of the registry
     * @return completes when it knows all
     */
    Future<Void> release(Executor context) {
        Promise<Void> known = Promise.promise();
        release(context, known);
        return known.future();
    }

    private void release(Executor context, Promise<Void> known) {
        List<String> turn = changed.stream().limit(FOLDERS_A_TURN).toList();
        turn.forEach(folder -> {
            changed.remove(folder);
            tell(folder);
        });
        if (changed.isEmpty()) {
            held = false;
            known.complete();
        } else {
            context.execute(() -> release(context, known));
        }
    }

    /** Names the folders that hold something. */
    Set<String> folders() {
        return Set.copyOf(folders.keySet());
    }

    /**
     * Takes note of what is in a folder: what is not, has gone.
     *
     * @param folder   of a service
     * @param children their names
     */
    void listed(String folder, Collection<String> children) {
        Set<String> there = new HashSet<>(children);
        List<String> gone = folders.getOrDefault(folder, Map.of()).keySet().stream()
                .filter(child -> !there.contains(child))
                .toList();
        gone.forEach(child -> remove(folder, child));
        changed(folder);
    }

    /**
     * Takes note of what a node holds.
     *
     * @param folder  of its service
     * @param child   its name there
     * @param service what it holds; empty for nothing that counts, or if it is not there
     */
    void read(String folder, String child, Optional<ServiceInfo> service) {
        service.ifPresentOrElse(found -> put(folder, child, found), () -> remove(folder, child));
        changed(folder);
    }

    private void put(String folder, String child, ServiceInfo found) {
        boolean known = folders.getOrDefault(folder, Map.of()).containsKey(child);
        if (!known && nodes >= MOST_NODES) {
            FULL.warn("zookeeper: " + folder + "/" + child + " left out: more than " + MOST_NODES + " nodes");
            return;
        }
        nodes += known ? 0 : 1;
        folders.computeIfAbsent(folder, key -> new TreeMap<>()).put(child, found);
    }

    private void remove(String folder, String child) {
        Map<String, ServiceInfo> children = folders.get(folder);
        if (children != null && children.remove(child) != null) {
            nodes--;
            if (children.isEmpty()) {
                folders.remove(folder);
            }
        }
    }

    private void changed(String folder) {
        if (held) {
            changed.add(folder);
        } else {
            tell(folder);
        }
    }

    private void tell(String folder) {
        List<ServiceInfo> found =
                List.copyOf(folders.getOrDefault(folder, Map.of()).values());
        Set<String> now = new HashSet<>(found.stream().map(ServiceInfo::name).toList());
        Set<String> before = told.getOrDefault(folder, Set.of());
        Stream.concat(before.stream(), now.stream())
                .distinct()
                .forEach(name -> table.seen(name, ZnodeValue.named(name, found)));
        if (now.isEmpty()) {
            told.remove(folder);
        } else {
            told.put(folder, now);
        }
    }
}
