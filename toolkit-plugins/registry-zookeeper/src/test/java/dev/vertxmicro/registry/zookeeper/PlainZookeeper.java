package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;

/** What others see and do, by ZooKeeper's own client. */
final class PlainZookeeper implements AutoCloseable {
    private static final int SESSION_MILLIS = 10_000;

    private final ZooKeeper client;

    PlainZookeeper(String address) {
        Promise<Void> connected = Promise.promise();
        client = get(() -> new ZooKeeper(address, SESSION_MILLIS, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.tryComplete();
            }
        }));
        Await.result(connected.future());
    }

    private static <T> T get(Callable<T> step) {
        try {
            return step.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    String read(String path) {
        return new String(get(() -> client.getData(path, false, null)), StandardCharsets.UTF_8);
    }

    Stat stat(String path) {
        return get(() -> client.exists(path, false));
    }

    boolean isThere(String path) {
        return get(() -> client.exists(path, false) != null);
    }

    List<ACL> permissions(String path) {
        return get(() -> client.getACL(path, new Stat()));
    }

    List<String> children(String path) {
        return get(() -> client.getChildren(path, false)).stream().sorted().toList();
    }

    /** Makes a node that stays, as go-plugins does, and the folders above it. */
    void make(String path, String value) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            makeOne(path.substring(0, slash), "");
        }
        makeOne(path, value);
    }

    /** Makes a node that nobody else may read, in a folder that is there. */
    void makeHidden(String path) {
        List<ACL> nobody = Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("digest", "nobody:none")));
        get(() -> client.create(path, new byte[] {'{', '}'}, nobody, CreateMode.PERSISTENT));
    }

    private void makeOne(String path, String value) {
        if (!isThere(path)) {
            get(() -> client.create(
                    path, value.getBytes(StandardCharsets.UTF_8), ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        }
    }

    void write(String path, String value) {
        get(() -> client.setData(path, value.getBytes(StandardCharsets.UTF_8), -1));
    }

    void delete(String path) {
        get(() -> {
            client.delete(path, -1);
            return path;
        });
    }

    boolean isRefused(String path, String value) {
        try {
            client.setData(path, value.getBytes(StandardCharsets.UTF_8), -1);
            return false;
        } catch (KeeperException.NoAuthException e) {
            return true;
        } catch (KeeperException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        get(() -> client.close(1));
    }
}
