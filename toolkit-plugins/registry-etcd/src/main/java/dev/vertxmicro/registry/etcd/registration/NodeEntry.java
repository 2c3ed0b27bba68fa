package dev.vertxmicro.registry.etcd.registration;

import com.google.protobuf.ByteString;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.registry.etcd.member.EtcdCalls;
import dev.vertxmicro.registry.etcd.member.EtcdFailure;
import dev.vertxmicro.registry.etcd.member.EtcdMethods;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.DeleteRangeRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.KeyValue;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.PutRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.RangeRequest;
import dev.vertxmicro.registry.etcd.wire.EntryReader;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key of one node. Its operations run one after the other. Confined to one context. */
final class NodeEntry {
    /** Of a key that lasts. */
    static final long NO_LEASE = 0;

    private final EtcdCalls members;
    private final ByteString key;
    private Future<Void> last = Future.succeededFuture();
    private @Nullable ServiceInfo written;
    /** It may be there: a write that failed may have been taken, and a deletion that failed not. */
    private boolean there;

    private int registrations;
    private long lease;
    private long revision;

    /**
     * Writes nothing yet.
     *
     * @param members of the cluster
     * @param key     of the node
     */
    NodeEntry(EtcdCalls members, ByteString key) {
        this.members = members;
        this.key = key;
    }

    /**
     * Writes the node, unless it is there as it was written.
     *
     * @param single the service with this node
     * @param renews renews the lease and gives its id
     * @return completes when etcd has it
     */
    Future<Void> register(ServiceInfo single, Supplier<Future<Long>> renews) {
        registrations++;
        return next(() -> renews.get().compose(id -> {
            boolean same = single.equals(written) && id == lease;
            return same ? look(single, id) : put(single, id);
        }));
    }

    /** Somebody else may have deleted it, or written over it. */
    private Future<Void> look(ServiceInfo single, long id) {
        RangeRequest asked = RangeRequest.newBuilder()
                .setKey(key)
                .setKeysOnly(true)
                .setSerializable(true)
                .build();
        return members.call(EtcdMethods.RANGE, asked).compose(found -> {
            List<KeyValue> there = found.getKvsList();
            boolean same = there.size() == 1
                    && there.get(0).getModRevision() == revision
                    && there.get(0).getLease() == id;
            return same ? Future.succeededFuture() : put(single, id);
        });
    }

    private Future<Void> put(ServiceInfo single, long id) {
        ByteString value = ByteString.copyFromUtf8(ServiceJson.write(single).encode());
        if (value.size() > EntryReader.LARGEST_VALUE) {
            return Future.failedFuture(MicroException.badRequest(
                    EtcdFailure.ERROR_ID,
                    key.toStringUtf8() + ": " + value.size() + " bytes (expected: <= " + EntryReader.LARGEST_VALUE
                            + ")"));
        }
        written = null;
        there = true;
        lease = id;
        PutRequest asked =
                PutRequest.newBuilder().setKey(key).setValue(value).setLease(id).build();
        return members.call(EtcdMethods.PUT, asked).map(put -> {
            written = single;
            revision = put.getHeader().getRevision();
            return null;
        });
    }

    /**
     * Deletes the key.
     *
     * @return completes when it is gone
     */
    Future<Void> delete() {
        return next(() -> {
            written = null;
            return members.call(
                            EtcdMethods.DELETE,
                            DeleteRangeRequest.newBuilder().setKey(key).build())
                    .map(gone -> {
                        there = false;
                        return null;
                    });
        });
    }

    /**
     * Tells when what is under way is done.
     *
     * @return completes always
     */
    Future<Void> settled() {
        return last.otherwiseEmpty();
    }

    /**
     * Tells whether it may be there and lasts, so that no lease ends it.
     *
     * @return true if so
     */
    boolean lasts() {
        return there && lease == NO_LEASE;
    }

    /**
     * Tells whether there is certainly nothing, and nothing under way.
     *
     * @return true if so
     */
    boolean isGone() {
        return !there && last.isComplete();
    }

    /**
     * Counts how often it was registered, or renewed.
     *
     * @return how often, whatever came of it
     */
    int registrations() {
        return registrations;
    }

    private Future<Void> next(Supplier<Future<Void>> step) {
        Future<Void> next = last.transform(before -> step.get());
        last = next;
        return next;
    }
}
