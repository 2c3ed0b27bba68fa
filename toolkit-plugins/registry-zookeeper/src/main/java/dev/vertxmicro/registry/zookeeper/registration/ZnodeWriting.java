package dev.vertxmicro.registry.zookeeper.registration;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import io.vertx.core.Future;
import java.util.List;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.BackgroundCallback;
import org.apache.curator.framework.api.CuratorEvent;
import org.apache.curator.framework.api.transaction.CuratorOp;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * Writes one node of ZooKeeper so that it belongs to a session, and only then. One that is there already and belongs to
 * another session, or to none, is replaced in one step. Confined to the context of the registry.
 */
final class ZnodeWriting {
    private static final int MOST_ROUNDS = 5;
    private static final byte[] NOTHING = {};

    private final ZookeeperSession session;
    private final List<ACL> permissions;
    private final String path;

    ZnodeWriting(ZookeeperSession session, List<ACL> permissions, String path) {
        this.session = session;
        this.permissions = permissions;
        this.path = path;
    }

    /**
     * Writes it.
     *
     * @param value   what it holds
     * @param lasting whether it stays without a session
     * @return completes when it is so
     */
    Future<Void> write(byte[] value, boolean lasting) {
        return create(value, lasting, 1);
    }

    private Future<Void> create(byte[] value, boolean lasting, int round) {
        return session.call((client, answer) -> client.create()
                        .withMode(mode(lasting))
                        .withACL(permissions)
                        .inBackground(answer)
                        .forPath(path, value))
                .compose(event -> switch (code(event)) {
                    case OK -> Future.succeededFuture();
                    case NODEEXISTS -> takeOver(value, lasting, round);
                    case NONODE -> createWithFolder(value, lasting, round);
                    default -> again(value, lasting, round);
                });
    }

    private static CreateMode mode(boolean lasting) {
        return lasting ? CreateMode.PERSISTENT : CreateMode.EPHEMERAL;
    }

    /** In one step, as watchers of go-plugins may miss what comes into a folder just after it was made. */
    private Future<Void> createWithFolder(byte[] value, boolean lasting, int round) {
        String folder = parent(path);
        return session.call((client, answer) -> client.create()
                        .creatingParentsIfNeeded()
                        .withACL(permissions, true)
                        .inBackground(answer)
                        .forPath(parent(folder), NOTHING))
                .compose(made -> session.call((client, answer) -> {
                    CuratorOp around =
                            client.transactionOp().create().withACL(permissions).forPath(folder, NOTHING);
                    client.transaction().inBackground(answer).forOperations(around, created(client, value, lasting));
                }))
                .compose(event -> code(event) == Code.OK ? Future.succeededFuture() : again(value, lasting, round));
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private CuratorOp created(CuratorFramework client, byte[] value, boolean lasting) throws Exception {
        return client.transactionOp()
                .create()
                .withMode(mode(lasting))
                .withACL(permissions)
                .forPath(path, value);
    }

    private Future<Void> again(byte[] value, boolean lasting, int round) {
        return round < MOST_ROUNDS
                ? create(value, lasting, round + 1)
                : Future.failedFuture(MicroException.conflict(
                        ZookeeperSession.ERROR_ID, "zookeeper: others write " + path + " too (expected: one writer)"));
    }

    private Future<Void> takeOver(byte[] value, boolean lasting, int round) {
        long owner = lasting ? 0 : session.id();
        return session.call((client, answer) ->
                        client.checkExists().inBackground(answer).forPath(path))
                .compose(event -> {
                    Stat stat = event.getStat();
                    if (code(event) != Code.OK || stat == null) {
                        return again(value, lasting, round);
                    }
                    Future<CuratorEvent> written = stat.getEphemeralOwner() == owner
                            ? session.call((client, answer) ->
                                    client.setData().inBackground(answer).forPath(path, value))
                            : replace(value, lasting);
                    return written.compose(
                            done -> code(done) == Code.OK ? Future.succeededFuture() : again(value, lasting, round));
                });
    }

    private Future<CuratorEvent> replace(byte[] value, boolean lasting) {
        return session.call((client, answer) -> replace(client, answer, value, lasting));
    }

    private void replace(CuratorFramework client, BackgroundCallback answer, byte[] value, boolean lasting)
            throws Exception {
        CuratorOp gone = client.transactionOp().delete().forPath(path);
        client.transaction().inBackground(answer).forOperations(gone, created(client, value, lasting));
    }

    /**
     * Tells whether it is there and belongs to the session.
     *
     * @param lasting whether it belongs to none
     * @return false if it has to be written
     */
    Future<Boolean> isThere(boolean lasting) {
        return session.call((client, answer) ->
                        client.checkExists().inBackground(answer).forPath(path))
                .map(event -> {
                    Stat stat = event.getStat();
                    return stat != null && stat.getEphemeralOwner() == (lasting ? 0 : session.id());
                });
    }

    /**
     * Deletes it.
     *
     * @return completes when it is not there
     */
    Future<Void> delete() {
        return session.call(
                        (client, answer) -> client.delete().inBackground(answer).forPath(path))
                .mapEmpty();
    }

    private static Code code(CuratorEvent event) {
        return Code.get(event.getResultCode());
    }
}
