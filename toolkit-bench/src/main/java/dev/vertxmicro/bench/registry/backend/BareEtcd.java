package dev.vertxmicro.bench.registry.backend;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.DeleteRangeRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.DeleteRangeResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.Event;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.PutRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.PutResponse;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchCreateRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.util.function.Consumer;

/** Vert.x's gRPC client: a Put, and a Watch of the keys that begin alike. */
final class BareEtcd implements EventPath {
    private static final String PREFIX = "/bench/" + BareService.NAME + "/";
    private static final String END = "/bench/" + BareService.NAME + "0";
    private static final ServiceMethod<PutResponse, PutRequest> PUT =
            method("KV", "Put", PutResponse.getDefaultInstance());
    private static final ServiceMethod<DeleteRangeResponse, DeleteRangeRequest> DELETE =
            method("KV", "DeleteRange", DeleteRangeResponse.getDefaultInstance());
    private static final ServiceMethod<WatchResponse, WatchRequest> WATCH =
            method("Watch", "Watch", WatchResponse.getDefaultInstance());

    private final SocketAddress address;
    private final GrpcClient writer;
    private final GrpcClient watcher;

    BareEtcd(Vertx vertx, int port) {
        address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
        writer = client(vertx);
        watcher = client(vertx);
    }

    private static GrpcClient client(Vertx vertx) {
        return GrpcClient.builder(vertx)
                .with(new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false))
                .build();
    }

    private static <Q extends Message, A extends Message> ServiceMethod<A, Q> method(
            String service, String name, A answer) {
        return ServiceMethod.client(
                ServiceName.create("etcdserverpb", service),
                name,
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(answer));
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    @Override
    public Future<Void> open(Consumer<String> told) {
        Promise<Void> created = Promise.promise();
        return watcher.request(address, WATCH).compose(request -> {
            request.response()
                    .onFailure(created::tryFail)
                    .onSuccess(response -> response.handler(answer -> {
                        created.tryComplete();
                        tell(answer, told);
                    }));
            WatchCreateRequest what = WatchCreateRequest.newBuilder()
                    .setKey(bytes(PREFIX))
                    .setRangeEnd(bytes(END))
                    .build();
            return request.write(
                            WatchRequest.newBuilder().setCreateRequest(what).build())
                    .compose(sent -> created.future());
        });
    }

    private static void tell(WatchResponse answer, Consumer<String> told) {
        for (Event event : answer.getEventsList()) {
            if (event.getType() == Event.EventType.PUT) {
                told.accept(event.getKv().getKey().toStringUtf8().substring(PREFIX.length()));
            }
        }
    }

    @Override
    public Future<Void> put(String id) {
        return call(
                PUT,
                PutRequest.newBuilder()
                        .setKey(bytes(PREFIX + id))
                        .setValue(ByteString.copyFrom(BareService.json(id).getBytes()))
                        .build());
    }

    @Override
    public Future<Void> remove(String id) {
        return call(
                DELETE,
                DeleteRangeRequest.newBuilder().setKey(bytes(PREFIX + id)).build());
    }

    private <Q, A> Future<Void> call(ServiceMethod<A, Q> method, Q asked) {
        return writer.request(address, method)
                .compose(request -> request.send(asked))
                .compose(GrpcClientResponse::last)
                .mapEmpty();
    }

    @Override
    public Future<Void> close() {
        return writer.close().eventually(watcher::close);
    }
}
