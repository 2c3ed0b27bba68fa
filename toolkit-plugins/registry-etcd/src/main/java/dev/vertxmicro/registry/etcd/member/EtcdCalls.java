package dev.vertxmicro.registry.etcd.member;

import io.vertx.core.Future;
import io.vertx.grpc.common.ServiceMethod;

/** Makes calls to a cluster: one message each way. Confined to one context. */
public interface EtcdCalls {

    /**
     * Makes a call, at one member after the other until one takes it. Each is asked once at most; one that refuses ends it.
     *
     * @param <Q>    what is sent
     * @param <A>    what comes back
     * @param method of etcd; it must do no harm to call it twice
     * @param asked  what is sent
     * @return fails with 400 for what etcd refuses as wrong, else with 500; the detail names the members and what they said
     */
    <Q, A> Future<A> call(ServiceMethod<A, Q> method, Q asked);
}
