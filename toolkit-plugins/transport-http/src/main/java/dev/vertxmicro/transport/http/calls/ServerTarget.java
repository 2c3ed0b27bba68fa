package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.net.QuietConnections;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.http.multiplex.CallConnection;
import dev.vertxmicro.transport.http.multiplex.CallOpening;
import dev.vertxmicro.transport.http.multiplex.CallPool;
import dev.vertxmicro.transport.http.wire.HttpAddress;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SignsOfLife;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a client knows of an address. May be used from any thread. */
public final class ServerTarget {
    /** After a peer refused multiplexing it is not asked again for a while. */
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** A call that is still there ends by its own deadline. */
    private static final Duration LAST_CALL = Duration.ofDays(1);

    /**
     * How a transport connects.
     *
     * @param multiplexes whether many calls may go by one connection
     * @param poolSize    connections at most
     * @param poolTtl     age at which one is not used again
     * @param dialTimeout time to connect
     * @param limits      of what comes
     * @param keepAlive   how a connection is noticed that leads nowhere
     */
    public record Settings(
            boolean multiplexes,
            int poolSize,
            Duration poolTtl,
            Duration dialTimeout,
            MessageLimits limits,
            SignsOfLife.Settings keepAlive) {}

    private final String address;
    private final VertxInternal vertx;
    private final NetClient sockets;
    private final Settings settings;
    private final RareWarning breaks;
    private final SocketAddress server;
    private final RequestOptions request;
    private final Map<EventLoop, CallPool> pools = new ConcurrentHashMap<>();
    /** Those of HTTP/1.1. */
    private final Set<HttpConnection> single = ConcurrentHashMap.newKeySet();

    private final AtomicInteger connected = new AtomicInteger();
    private @Nullable Future<Void> asked;
    private long askedAt;
    private volatile boolean ours;
    private volatile boolean answered;
    private volatile boolean refused;
    private volatile long refusedAt;

    /**
     * Makes the target.
     *
     * @param address {@code host:port}
     * @param vertx   whose event loops carry the calls
     * @param sockets makes connections
     * @param settings of the transport
     * @param breaks  says which servers break the rules of multiplexed connections
     * @throws IllegalArgumentException if the address is malformed
     */
    public ServerTarget(String address, VertxInternal vertx, NetClient sockets, Settings settings, RareWarning breaks) {
        HttpAddress parsed = HttpAddress.parse(address);
        this.address = address;
        this.vertx = vertx;
        this.sockets = sockets;
        this.settings = settings;
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

    /** {@code host:port}. */
    public String address() {
        return address;
    }

    /** A call by a connection of its own. */
    public RequestOptions request() {
        return request;
    }

    /** Tells whether the peer at this address takes multiplexed calls, as far as is known. */
    public boolean multiplexes() {
        return ours;
    }

    /**
     * Asks the server, on a connection of its own, whether it is there: once for all who would know at about the same time.
     *
     * @return completes when it has answered, and also where it refused to: it fails where nothing came in time
     */
    public synchronized Future<Void> signOfLife() {
        long now = System.nanoTime();
        Future<Void> last = asked;
        if (last == null || now - askedAt > settings.keepAlive().interval().toNanos() / 2) {
            askedAt = now;
            last = SignOfLife.of(vertx, sockets, address, settings.keepAlive().timeout())
                    .recover(failure ->
                            silence(failure.getCause()) ? Future.failedFuture(failure) : Future.succeededFuture());
            asked = last;
        }
        return last;
    }

    private static boolean silence(@Nullable Throwable cause) {
        return cause instanceof TimeoutException || cause instanceof ConnectTimeoutException;
    }

    /** A call has a connection for itself. */
    void begins(HttpClientRequest call) {
        connected.incrementAndGet();
        HttpConnection connection = call.connection();
        if (call.version() == HttpVersion.HTTP_1_1 && single.add(connection)) {
            connection.closeHandler(closed -> single.remove(connection));
        }
    }

    /** It has none any more. */
    void ends() {
        connected.decrementAndGet();
    }

    /**
     * A connection ended in the midst of a call, or of a stream. The others may well lead to the same end, of which word has not come yet: nothing
     * further goes by them. What runs there is left alone.
     */
    public void lost() {
        single.forEach(connection -> connection.shutdown(LAST_CALL.toSeconds(), TimeUnit.SECONDS));
        pools.forEach((loop, pool) -> {
            if (loop.inEventLoop()) {
                pool.renew();
            } else {
                loop.execute(pool::renew);
            }
        });
    }

    /** Tells whether all connections that there may be are used, so that a call waits for one of the others. */
    boolean busy() {
        return connected.get() >= settings.poolSize();
    }

    /**
     * A call was answered by a connection of its own.
     *
     * @param name of the server, if it told one
     */
    void answered(@Nullable String name) {
        if (!answered) {
            answered = true;
        }
        if (!ours
                && CallOpening.SERVER.equals(name)
                && settings.multiplexes()
                && (!refused || System.nanoTime() - refusedAt > PAUSE.toNanos())) {
            ours = true;
        }
    }

    /** Tells whether it ever answered a call: whoever has speaks HTTP, and as we do. */
    boolean hasAnswered() {
        return answered;
    }

    /** The connections from an event loop. To be used on that only. */
    public CallPool pool(EventLoop loop) {
        CallPool pool = pools.get(loop);
        return pool == null ? pools.computeIfAbsent(loop, this::newPool) : pool;
    }

    private CallPool newPool(EventLoop loop) {
        ContextInternal context = vertx.contextBuilder().withEventLoop(loop).build();
        return new CallPool(settings.poolSize(), pool -> open(context, pool), () -> ours = false, this::lost);
    }

    private Future<CallConnection> open(ContextInternal context, CallPool pool) {
        Promise<CallConnection> promise = Promise.promise();
        context.emit(promise, opened -> sockets.connect(server)
                .map(QuietConnections::quiet)
                .compose(socket -> CallOpening.ask(
                        socket,
                        address,
                        settings.dialTimeout(),
                        out -> new CallConnection(address, pool, settings.limits(), breaks, out)))
                .onSuccess(connection -> {
                    connection.expireAfter(settings.poolTtl());
                    connection.keepAlive(settings.keepAlive());
                })
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
