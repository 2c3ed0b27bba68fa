package dev.vertxmicro.registry.etcd.member;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.net.QuietConnections;
import dev.vertxmicro.net.TlsFailure;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.Optional;

/**
 * One member of the cluster, asked over one HTTP/2 connection for all. A call that it does not answer in time ends the connection, as
 * something on the way may have dropped it silently; the next call opens another. So it does where no connection came about in time,
 * as one to a peer that takes it and says nothing would be waited for without end. Failures are {@link EtcdFailure}s. Confined to one context.
 */
final class EtcdMember {
    /** Above what etcd may send in one part of a watch, or a page of a list. */
    private static final long LARGEST_MESSAGE = 16L << 20;
    /** What etcd may send ahead of our taking it, on a stream and on all together. */
    private static final int STREAM_WINDOW = 256 << 10;

    private static final int CONNECTION_WINDOW = 1 << 20;

    private static final int LONGEST_CONNECT_MILLIS = 3000;

    private final Vertx vertx;
    private final HostPort address;
    private final Duration patience;
    private final HttpClientOptions transport;
    private final ConnectionProbes probes;
    private GrpcClient client;
    private boolean closed;

    /**
     * Connects to nobody yet.
     *
     * @param vertx    has the event loops
     * @param settings how members are reached
     * @param address  of this member
     */
    EtcdMember(Vertx vertx, MemberSettings settings, HostPort address) {
        this.vertx = vertx;
        this.address = address;
        this.patience = settings.requestTimeout();
        transport = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setConnectTimeout((int) Math.min(LONGEST_CONNECT_MILLIS, patience.toMillis()));
        settings.tls().secureClient(transport);
        transport
                .setVerifyHost(settings.tls().verify())
                .setUseAlpn(settings.tls().enabled());
        probes = new ConnectionProbes(VertxTimers.of(vertx), patience);
        client = client(vertx, transport);
    }

    private static GrpcClient client(Vertx vertx, HttpClientOptions transport) {
        return GrpcClient.builder(vertx)
                .with(new GrpcClientOptions().setMaxMessageSize(LARGEST_MESSAGE))
                .with(transport)
                .build();
    }

    /**
     * Opens a stream, or begins a call.
     *
     * @param method of etcd
     * @param token  of the user; empty for none
     * @return the stream, nothing sent
     */
    <Q, A> Future<GrpcClientRequest<Q, A>> open(ServiceMethod<A, Q> method, String token) {
        return client.request(SocketAddress.inetSocketAddress(address.port(), address.host()), method)
                .map(request -> {
                    QuietConnections.quiet(request.connection());
                    if (!token.isEmpty()) {
                        request.headers().set("token", token);
                    }
                    return request;
                });
    }

    /**
     * Makes a call: one message each way. It is made again if the connection that it went by had ended meanwhile.
     *
     * @param method of etcd
     * @param asked  the message
     * @param token  of the user; empty for none
     * @return the answer
     */
    <Q, A> Future<A> call(ServiceMethod<A, Q> method, Q asked, String token) {
        return attempt(method, asked, token, true);
    }

    private <Q, A> Future<A> attempt(ServiceMethod<A, Q> method, Q asked, String token, boolean first) {
        Promise<A> answer = Promise.promise();
        GrpcClient by = client;
        Future<GrpcClientRequest<Q, A>> opened = open(method, token);
        long timer = vertx.setTimer(patience.toMillis(), late -> {
            answer.tryFail(failure("no answer within " + patience.toMillis() + " ms"));
            giveUp(by, opened);
        });
        opened.compose(request -> request.send(asked)).compose(this::only).onComplete(done -> {
            boolean inTime = vertx.cancelTimer(timer);
            if (done.succeeded()) {
                answer.tryComplete(done.result());
            } else if (first && inTime && (opened.succeeded() ? wasBrokenOff(done.cause()) : by != client)) {
                attempt(method, asked, token, false).onComplete(answer);
            } else {
                answer.tryFail(failure(done.cause()));
            }
        });
        return answer.future();
    }

    /**
     * Ends the connection of what was not answered in time, or what there is of it.
     *
     * @param by     client at the time
     * @param opened what was opened by it
     */
    void giveUp(GrpcClient by, Future<? extends GrpcClientRequest<?, ?>> opened) {
        if (opened.succeeded()) {
            opened.result().cancel();
            opened.result().connection().close();
        } else if (!opened.isComplete() && by == client && !closed) {
            // There is nothing to be closed yet but the whole of it.
            client = client(vertx, transport);
            by.close();
        }
    }

    /**
     * Gives what opens streams at the moment.
     *
     * @return the client
     */
    GrpcClient client() {
        return client;
    }

    private static boolean wasBrokenOff(Throwable cause) {
        return cause instanceof HttpClosedException || cause instanceof ClosedChannelException;
    }

    private <Q, A> Future<A> only(GrpcClientResponse<Q, A> response) {
        return response.last().transform(last -> {
            GrpcStatus status = response.status();
            if (last.succeeded() && status == GrpcStatus.OK && last.result() != null) {
                return Future.succeededFuture(last.result());
            }
            if (status == null || status == GrpcStatus.OK) {
                return Future.failedFuture(last.failed() ? failure(last.cause()) : failure("an empty answer"));
            }
            return Future.failedFuture(refused(status, response));
        });
    }

    /**
     * Words a refusal.
     *
     * @param status   what it answered
     * @param response with the reason
     * @return the failure
     */
    EtcdFailure refused(GrpcStatus status, GrpcClientResponse<?, ?> response) {
        String reason = response.statusMessage();
        return new EtcdFailure(toString(), Optional.of(status), reason == null ? status.toString() : reason);
    }

    /**
     * Words what went wrong on the way.
     *
     * @param cause what went wrong
     * @return the failure
     */
    EtcdFailure failure(Throwable cause) {
        if (cause instanceof EtcdFailure failure) {
            return failure;
        }
        if (cause instanceof MessageSizeOverflowException) {
            return failure(EtcdFailure.TOO_LARGE);
        }
        String message = cause.getMessage();
        return failure(TlsFailure.text(cause).orElse(message == null ? cause.toString() : message));
    }

    /**
     * Makes a failure without an answer.
     *
     * @param said the reason
     * @return the failure
     */
    EtcdFailure failure(String said) {
        return new EtcdFailure(toString(), Optional.empty(), said);
    }

    /**
     * Looks now and then whether the other side of a connection is there, and ends the connection if not.
     *
     * @param connection in use
     * @return ends that
     */
    Timer probe(HttpConnection connection) {
        return probes.on(connection);
    }

    /**
     * Closes the connection, whatever runs on it.
     *
     * @return completes when that is done
     */
    Future<Void> close() {
        closed = true;
        return client.close();
    }

    /**
     * Names the member.
     *
     * @return {@code host:port}
     */
    @Override
    public String toString() {
        return address.text();
    }
}
