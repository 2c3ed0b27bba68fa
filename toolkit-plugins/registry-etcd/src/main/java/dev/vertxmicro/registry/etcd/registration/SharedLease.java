package dev.vertxmicro.registry.etcd.registration;

import dev.vertxmicro.registry.etcd.member.EtcdCalls;
import dev.vertxmicro.registry.etcd.member.EtcdMethods;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseGrantRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseKeepAliveRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseRevokeRequest;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * The lease of all nodes of this registry that have the same time to live. It is made when it is first needed, and made anew when etcd has
 * forgotten it. Confined to one context.
 */
final class SharedLease {
    private static final long NONE = 0;

    private final EtcdCalls members;
    private final long seconds;
    private long id = NONE;
    private @Nullable Future<Long> renewing;

    /**
     * Makes no lease yet.
     *
     * @param members of the cluster
     * @param seconds time to live
     */
    SharedLease(EtcdCalls members, long seconds) {
        this.members = members;
        this.seconds = seconds;
    }

    /**
     * Renews it. Those who ask while that is under way get the same.
     *
     * @return the id, which is another one if the lease had ended
     */
    Future<Long> renewed() {
        Future<Long> running = renewing;
        if (running == null) {
            running = id == NONE ? grant() : keepAlive(id);
            renewing = running;
            running.onComplete(done -> renewing = null);
        }
        return running;
    }

    private Future<Long> grant() {
        return members.call(
                        EtcdMethods.GRANT,
                        LeaseGrantRequest.newBuilder().setTTL(seconds).build())
                .map(granted -> {
                    id = granted.getID();
                    return id;
                });
    }

    private Future<Long> keepAlive(long known) {
        return members.call(
                        EtcdMethods.KEEP_ALIVE,
                        LeaseKeepAliveRequest.newBuilder().setID(known).build())
                .compose(kept -> kept.getTTL() > 0 ? Future.succeededFuture(known) : grant());
    }

    /**
     * Ends it, and with it all its keys.
     *
     * @return completes when that is done
     */
    Future<Void> revoke() {
        return id == NONE
                ? Future.succeededFuture()
                : members.call(
                                EtcdMethods.REVOKE,
                                LeaseRevokeRequest.newBuilder().setID(id).build())
                        .mapEmpty();
    }
}
