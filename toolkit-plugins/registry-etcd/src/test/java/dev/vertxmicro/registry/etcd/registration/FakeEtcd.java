package dev.vertxmicro.registry.etcd.registration;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.etcd.member.EtcdCalls;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.DeleteRangeRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.DeleteRangeResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseGrantRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseGrantResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseKeepAliveRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseKeepAliveResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseRevokeRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.LeaseRevokeResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.PutRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.PutResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.RangeRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.RangeResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.grpc.common.ServiceMethod;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A cluster that keeps names of keys, one lease and no time. It can be away, and leave deletions unanswered. */
final class FakeEtcd implements EtcdCalls {
    final Set<String> keys = new TreeSet<>();
    final List<Long> granted = new ArrayList<>();
    final Deque<Promise<Void>> heldDeletions = new ArrayDeque<>();
    boolean away;
    boolean holding;
    int deletions;

    @Override
    @SuppressWarnings("unchecked") // the answer to each kind of request is of its kind
    public <Q, A> Future<A> call(ServiceMethod<A, Q> method, Q asked) {
        if (asked instanceof DeleteRangeRequest) {
            deletions++;
        }
        if (away) {
            return Future.failedFuture(MicroException.internal("go.micro.registry", "away"));
        }
        if (holding && asked instanceof DeleteRangeRequest) {
            Promise<Void> held = Promise.promise();
            heldDeletions.add(held);
            return held.future().map(go -> (A) answer(asked));
        }
        return Future.succeededFuture((A) answer(asked));
    }

    private Object answer(Object asked) {
        if (asked instanceof PutRequest put) {
            keys.add(put.getKey().toStringUtf8());
            return PutResponse.getDefaultInstance();
        }
        if (asked instanceof DeleteRangeRequest delete) {
            keys.remove(delete.getKey().toStringUtf8());
            return DeleteRangeResponse.getDefaultInstance();
        }
        if (asked instanceof LeaseGrantRequest grant) {
            granted.add(grant.getTTL());
            return LeaseGrantResponse.newBuilder().setID(granted.size()).build();
        }
        if (asked instanceof LeaseKeepAliveRequest) {
            return LeaseKeepAliveResponse.newBuilder().setTTL(1).build();
        }
        if (asked instanceof LeaseRevokeRequest) {
            return LeaseRevokeResponse.getDefaultInstance();
        }
        if (asked instanceof RangeRequest) {
            return RangeResponse.getDefaultInstance();
        }
        throw new IllegalArgumentException("asked: " + asked + " (expected: what a registration asks)");
    }
}
