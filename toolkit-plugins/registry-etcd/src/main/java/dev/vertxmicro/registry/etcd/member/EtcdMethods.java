package dev.vertxmicro.registry.etcd.member;

import com.google.protobuf.Message;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.AuthenticateRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.AuthenticateResponse;
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
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchResponse;
import io.vertx.grpc.common.GrpcLocal;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.util.Objects;

/** The methods of etcd's API that a registry needs. */
public final class EtcdMethods {
    /** Reads keys. */
    public static final ServiceMethod<RangeResponse, RangeRequest> RANGE =
            method("KV", "Range", RangeResponse.getDefaultInstance());
    /** Writes a key. */
    public static final ServiceMethod<PutResponse, PutRequest> PUT =
            method("KV", "Put", PutResponse.getDefaultInstance());
    /** Deletes a key. */
    public static final ServiceMethod<DeleteRangeResponse, DeleteRangeRequest> DELETE =
            method("KV", "DeleteRange", DeleteRangeResponse.getDefaultInstance());
    /** Makes a lease. */
    public static final ServiceMethod<LeaseGrantResponse, LeaseGrantRequest> GRANT =
            method("Lease", "LeaseGrant", LeaseGrantResponse.getDefaultInstance());
    /** Renews a lease: a stream, of which one message each way is used. */
    public static final ServiceMethod<LeaseKeepAliveResponse, LeaseKeepAliveRequest> KEEP_ALIVE =
            method("Lease", "LeaseKeepAlive", LeaseKeepAliveResponse.getDefaultInstance());
    /** Ends a lease, and deletes its keys. */
    public static final ServiceMethod<LeaseRevokeResponse, LeaseRevokeRequest> REVOKE =
            method("Lease", "LeaseRevoke", LeaseRevokeResponse.getDefaultInstance());
    /** Tells of changes, for as long as the stream lasts. */
    static final ServiceMethod<WatchResponse, WatchRequest> WATCH =
            method("Watch", "Watch", WatchResponse.getDefaultInstance());
    /** Gives a token for a user's password. */
    static final ServiceMethod<AuthenticateResponse, AuthenticateRequest> AUTHENTICATE =
            method("Auth", "Authenticate", AuthenticateResponse.getDefaultInstance());

    private EtcdMethods() {}

    /**
     * Loads what must be there before a Vert.x is made that looks for nothing on the class path, as that of the command line does: gRPC
     * has a place of its own on each context.
     */
    public static void prepare() {
        Objects.requireNonNull(GrpcLocal.CONTEXT_LOCAL_KEY, "gRPC's place on a context");
    }

    private static <Q extends Message, A extends Message> ServiceMethod<A, Q> method(
            String service, String name, A answer) {
        return ServiceMethod.client(
                ServiceName.create("etcdserverpb", service),
                name,
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(answer));
    }
}
