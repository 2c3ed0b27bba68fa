package dev.vertxmicro.registry.etcd.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.KeyValue;

/**
 * What is under a key.
 *
 * @param single   the service with one node
 * @param revision of etcd when it was written
 * @param lease    that ends it; 0 for none
 */
record EtcdEntry(ServiceInfo single, long revision, long lease) {
    /** Takes the numbers of a key with what was read there. */
    static EtcdEntry of(ServiceInfo single, KeyValue at) {
        return new EtcdEntry(single, at.getModRevision(), at.getLease());
    }

    /** Tells whether a key was last written by the same write; leases of etcd have numbers that do not come again. */
    boolean isThatOf(EtcdEntry other) {
        return revision == other.revision && lease == other.lease && lease != 0;
    }
}
