package dev.vertxmicro.registry.zookeeper.watch;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.registry.zookeeper.wire.ZnodePaths;
import dev.vertxmicro.registry.zookeeper.wire.ZnodeValue;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.curator.framework.api.CuratorEvent;

/** Asks ZooKeeper for what it holds, some hundred things at a time at most. Confined to the context of the registry. */
final class ZnodeReader {
    private static final int AT_ONCE = 64;
    private static final int FORBIDDEN = 403;
    private static final RareWarning HIDDEN = RareWarning.of(LateLogger.of(ZnodeReader.class));

    private final ZookeeperSession session;
    private final ZnodePaths paths;

    ZnodeReader(ZookeeperSession session, ZnodePaths paths) {
        this.session = session;
        this.paths = paths;
    }

    /**
     * Lists the folders of all services. Those whose name nobody can ask for are left out.
     *
     * @return the names; none if there is no service
     */
    Future<List<String>> folders() {
        return children(paths.base())
                .map(folders -> folders.stream().filter(ZnodePaths::fits).toList());
    }

    /**
     * Lists what is in the folder of one service among all: whoever may make folders may hide them, and the others count.
     *
     * @param folder of the service
     * @return the names; none if it is not there, or may not be read
     */
    Future<List<String>> childrenOfAny(String folder) {
        return unlessHidden(paths.path(folder), children(paths.path(folder)), List.of());
    }

    private static <T> Future<T> unlessHidden(String path, Future<T> answer, T nothing) {
        return answer.recover(failure -> {
            if (failure instanceof MicroException said && said.code() == FORBIDDEN) {
                HIDDEN.warn("zookeeper: " + path + " left out: " + said.detail());
                return Future.succeededFuture(nothing);
            }
            return Future.failedFuture(failure);
        });
    }

    /**
     * Lists what is in a folder.
     *
     * @param path of it
     * @return the names; none if it is not there
     */
    Future<List<String>> children(String path) {
        return session.call((client, answer) ->
                        client.getChildren().inBackground(answer).forPath(path))
                .map(ZnodeReader::names);
    }

    private static List<String> names(CuratorEvent event) {
        List<String> children = event.getChildren();
        return children == null ? List.of() : children;
    }

    /**
     * Reads a node.
     *
     * @param folder of its service
     * @param child  its name there
     * @return the service; empty if there is none of go-micro's, or it may not be read
     */
    Future<Optional<ServiceInfo>> read(String folder, String child) {
        // Read on ZooKeeper's own thread, as it may be long.
        AtomicReference<Optional<ServiceInfo>> read = new AtomicReference<>(Optional.empty());
        String path = paths.path(folder, child);
        Future<Optional<ServiceInfo>> answered = session.call((client, answer) -> client.getData()
                        .inBackground((which, event) -> {
                            byte[] value = event.getData();
                            read.set(value == null ? Optional.empty() : ZnodeValue.read(folder, child, value));
                            answer.processResult(which, event);
                        })
                        .forPath(path))
                .map(event -> read.get());
        return unlessHidden(path, answered, Optional.empty());
    }

    /**
     * Looks up all that is in a folder.
     *
     * @param folder of a service
     * @return what is there
     */
    Future<List<ServiceInfo>> all(String folder) {
        return all(folder, children(paths.path(folder)));
    }

    private Future<List<ServiceInfo>> all(String folder, Future<List<String>> children) {
        List<ServiceInfo> found = new ArrayList<>();
        return children.compose(
                        names -> each(names, child -> read(folder, child).map(read -> {
                            read.ifPresent(found::add);
                            return null;
                        })))
                .map(done -> found);
    }

    /**
     * Names the services that have nodes.
     *
     * @return the names, in any order
     */
    Future<List<String>> services() {
        List<String> found = new ArrayList<>();
        return folders()
                .compose(folders ->
                        each(folders, folder -> names(folder).map(found::addAll).mapEmpty()))
                .map(done -> found);
    }

    private Future<List<String>> names(String folder) {
        // Where a name has a "-", only what is in the folder tells whether that was a "/".
        return folder.indexOf('-') < 0
                ? childrenOfAny(folder).map(nodes -> nodes.isEmpty() ? List.of() : List.of(folder))
                : all(folder, childrenOfAny(folder))
                        .map(found ->
                                found.stream().map(ServiceInfo::name).distinct().toList());
    }

    /**
     * Does something with each of many, some at a time.
     *
     * @param names what there is
     * @param step  what is done with each
     * @return completes when all is done; fails with the first failure
     */
    static Future<Void> each(List<String> names, Function<String, Future<Void>> step) {
        Iterator<String> left = names.iterator();
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < Math.min(AT_ONCE, names.size()); lane++) {
            Promise<Void> done = Promise.promise();
            next(left, step, done);
            lanes.add(done.future());
        }
        return Future.all(lanes).mapEmpty();
    }

    private static void next(Iterator<String> left, Function<String, Future<Void>> step, Promise<Void> done) {
        if (!left.hasNext()) {
            done.complete();
            return;
        }
        step.apply(left.next()).onSuccess(next -> next(left, step, done)).onFailure(done::tryFail);
    }
}
