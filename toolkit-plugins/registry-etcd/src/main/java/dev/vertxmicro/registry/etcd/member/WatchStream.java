package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchCreateRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchRequest;
import dev.vertxmicro.registry.etcd.rpc.EtcdMessages.WatchResponse;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One watch at one member, with a look now and then whether the member is still there: a connection that was dropped silently tells
 * nothing, as a quiet registry does. Confined to one context.
 */
public final class WatchStream {
    private final Vertx vertx;
    private final EtcdMember member;
    private final Handler<WatchResponse> taker;
    private final Handler<EtcdFailure> ended;
    private final long created;
    private Timer probing = () -> {};
    private @Nullable GrpcClient by;
    private Future<GrpcClientRequest<WatchRequest, WatchResponse>> opened = Future.failedFuture("not asked for");
    private boolean over;
    private @Nullable GrpcClientRequest<WatchRequest, WatchResponse> running;
    private @Nullable GrpcClientResponse<WatchRequest, WatchResponse> coming;

    /** Opens nothing yet; {@link EtcdMembers#watch} is for users. */
    WatchStream(
            Vertx vertx,
            EtcdMember member,
            Duration patience,
            Handler<WatchResponse> taker,
            Handler<EtcdFailure> ended) {
        this.vertx = vertx;
        this.member = member;
        this.taker = taker;
        this.ended = ended;
        created = vertx.setTimer(patience.toMillis(), late -> {
            if (by != null) {
                member.giveUp(by, opened);
            }
            end(member.failure("no watch within " + patience.toMillis() + " ms"));
        });
    }

    /**
     * Opens it.
     *
     * @param what  is followed
     * @param token of the user; empty for none
     * @return completes when it was asked for; how it ends is told to {@code ended}
     */
    Future<Void> open(WatchCreateRequest what, String token) {
        by = member.client();
        opened = member.open(EtcdMethods.WATCH, token);
        return opened.map(request -> {
            if (over) {
                request.cancel();
                return null;
            }
            running = request;
            request.exceptionHandler(broken -> end(member.failure(broken)));
            // Else a member that is cut off from the others goes on telling nothing.
            request.headers().set("hasleader", "true");
            request.response().onSuccess(this::follow).onFailure(broken -> end(member.failure(broken)));
            request.write(WatchRequest.newBuilder().setCreateRequest(what).build());
            probing = member.probe(request.connection());
            return null;
        });
    }

    /** Lets nothing more come, until it is resumed: the member waits. */
    public void pause() {
        if (coming != null) {
            coming.pause();
        }
    }

    /** Goes on. */
    public void resume() {
        if (coming != null && !over) {
            coming.resume();
        }
    }

    private void follow(GrpcClientResponse<WatchRequest, WatchResponse> response) {
        coming = response;
        response.exceptionHandler(broken -> end(member.failure(broken)));
        response.endHandler(end -> {
            GrpcStatus status = response.status();
            boolean refused = status != null && status != GrpcStatus.OK;
            end(refused ? member.refused(status, response) : member.failure("the watch was ended"));
        });
        response.handler(this::take);
    }

    private void take(WatchResponse told) {
        if (over) {
            return;
        }
        vertx.cancelTimer(created);
        taker.handle(told);
    }

    /** Ends it, and says why, once. */
    void end(EtcdFailure why) {
        if (!over) {
            close();
            ended.handle(why);
        }
    }

    /** Ends it. Nothing more is told. */
    public void close() {
        if (over) {
            return;
        }
        over = true;
        vertx.cancelTimer(created);
        probing.cancel();
        if (running != null) {
            running.cancel();
        }
    }
}
