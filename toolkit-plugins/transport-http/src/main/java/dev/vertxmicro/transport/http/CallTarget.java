package dev.vertxmicro.transport.http;

import dev.vertxmicro.net.QuietConnections;
import dev.vertxmicro.time.RareWarning;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a client knows of an address. May be used from any thread. */
final class CallTarget {
    /** After a peer refused multiplexing it is not asked again for a while. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final String address;
    private final VertxInternal vertx;
    private final NetClient sockets;
    private final HttpTransportOptions options;
    private final RareWarning breaks;
    private final SocketAddress server;
    private final RequestOptions request;
    private final Map<EventLoop, CallLane> lanes = new ConcurrentHashMap<>();
    private volatile boolean ours;
    private volatile boolean refused;
    private volatile long refusedAt;

    /**
     * Makes the target.
     *
     * @param address {@code host:port}
     * @param vertx   whose event loops carry the calls
     * @param sockets makes connections
     * @param options of the transport
     * @param breaks  says which servers break the rules of multiplexed connections
     * @throws IllegalArgumentException if the address is malformed
     */
    CallTarget(
            String address, VertxInternal vertx, NetClient sockets, HttpTransportOptions options, RareWarning breaks) {
        HttpAddress parsed = HttpAddress.parse(address);
        this.address = address;
        this.vertx = vertx;
        this.sockets = sockets;
        this.options = options;
        this.breaks = breaks;
        this.server = parsed.server();
        this.request = new RequestOptions();
        if (!parsed.name().equals(parsed.host())) {
            request.setServer(server);
        }
        request.setMethod(HttpMethod.POST)
                .setHost(parsed.name())
                .setPort(parsed.port())
                .setURI("/");
    }

    String address() {
        return address;
    }

    /** A call by a connection of its own. */
    RequestOptions request() {
        return request;
    }

    /** Tells whether the peer at this address takes multiplexed calls, as far as is known. */
    boolean multiplexes() {
        return ours;
    }

    /**
     * A call was answered by a connection of its own.
     *
     * @param name of the server, if it told one
     */
    void answered(@Nullable String name) {
        if (!ours
                && CallOpening.SERVER.equals(name)
                && options.multiplexes()
                && (!refused || System.nanoTime() - refusedAt > PAUSE.toNanos())) {
            ours = true;
        }
    }

    /** The connections from an event loop. To be used on that only. */
    CallLane lane(EventLoop loop) {
        CallLane lane = lanes.get(loop);
        return lane == null ? lanes.computeIfAbsent(loop, this::newLane) : lane;
    }

    private CallLane newLane(EventLoop loop) {
        ContextInternal context = vertx.contextBuilder().withEventLoop(loop).build();
        return new CallLane(options.pool().size(), lane -> open(context, lane), () -> ours = false);
    }

    private Future<CallConnection> open(ContextInternal context, CallLane lane) {
        Promise<CallConnection> promise = Promise.promise();
        context.emit(promise, opened -> sockets.connect(server)
                .map(QuietConnections::quiet)
                .compose(socket -> CallOpening.ask(
                        socket,
                        address,
                        options.pool().dialTimeout(),
                        out -> new CallConnection(address, lane, options.limits(), breaks, out)))
                .onSuccess(connection -> connection.expireAfter(options.pool().ttl()))
                .onFailure(this::notOpened)
                .onComplete(opened));
        return promise.future();
    }

    private void notOpened(Throwable cause) {
        if (cause instanceof CallOpening.RefusedException) {
            refusedAt = System.nanoTime();
            refused = true;
        }
    }
}
