package dev.vertxmicro.bench.registry.backend;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/** Curator: an ephemeral node is created, and a recursive watch tells of it, whereupon its value is read. */
final class BareZookeeper implements EventPath {
    private static final String FOLDER = "/bench";
    private static final int ATTEMPT_MILLIS = 100;

    private final CuratorFramework writer;
    private final CuratorFramework watcher;

    BareZookeeper(String address) {
        writer = CuratorFrameworkFactory.newClient(address, new RetryOneTime(ATTEMPT_MILLIS));
        watcher = CuratorFrameworkFactory.newClient(address, new RetryOneTime(ATTEMPT_MILLIS));
    }

    @Override
    public Future<Void> open(Consumer<String> told) {
        return attempt(() -> {
            writer.start();
            watcher.start();
            writer.create().forPath(FOLDER);
            watcher.watchers()
                    .add()
                    .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
                    .usingWatcher((Watcher) event -> happened(event, told))
                    .forPath(FOLDER);
            return null;
        });
    }

    private void happened(WatchedEvent event, Consumer<String> told) {
        String path = event.getPath();
        if (event.getType() == Watcher.Event.EventType.NodeCreated && path.length() > FOLDER.length()) {
            Future<Void> read = answered(
                    callback -> watcher.getData().inBackground(callback).forPath(path));
            read.onSuccess(done -> told.accept(path.substring(FOLDER.length() + 1)));
        }
    }

    @Override
    public Future<Void> put(String id) {
        byte[] value = BareService.json(id).getBytes();
        return answered(callback -> writer.create()
                .withMode(CreateMode.EPHEMERAL)
                .inBackground(callback)
                .forPath(FOLDER + "/" + id, value));
    }

    @Override
    public Future<Void> remove(String id) {
        return answered(callback -> writer.delete().inBackground(callback).forPath(FOLDER + "/" + id));
    }

    /** A request that is answered in the background. */
    private interface Request {
        void send(BackgroundCallback callback) throws Exception;
    }

    private static Future<Void> answered(Request request) {
        Promise<Void> answer = Promise.promise();
        Future<Void> sent = attempt(() -> {
            request.send((client, event) -> {
                if (event.getResultCode() == 0) {
                    answer.complete();
                } else {
                    answer.fail("zookeeper: " + event.getResultCode() + " of " + event.getPath());
                }
            });
            return null;
        });
        return sent.compose(done -> answer.future());
    }

    private static Future<Void> attempt(Callable<?> step) {
        try {
            step.call();
            return Future.succeededFuture();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<Void> close() {
        writer.close();
        watcher.close();
        return Future.succeededFuture();
    }
}
