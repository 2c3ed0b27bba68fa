package dev.vertxmicro.transport.http;

import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.net.CertificateWatch;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.QuietConnections;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.calls.Http2KeepAlive;
import dev.vertxmicro.transport.http.calls.HttpCall;
import dev.vertxmicro.transport.http.calls.ServerTarget;
import dev.vertxmicro.transport.http.calls.SignOfLife;
import dev.vertxmicro.transport.http.multiplex.CallConnection;
import dev.vertxmicro.transport.http.multiplex.CallPool;
import dev.vertxmicro.transport.http.multiplex.MultiplexedCall;
import dev.vertxmicro.transport.http.streams.HttpOpening;
import dev.vertxmicro.transport.http.wire.AnswerCheck;
import dev.vertxmicro.transport.http.wire.DialFailure;
import dev.vertxmicro.transport.http.wire.HeaderSize;
import dev.vertxmicro.transport.http.wire.HttpAddress;
import dev.vertxmicro.transport.http.wire.SilenceWatch;
import dev.vertxmicro.transport.http.wire.TcpKeepAlive;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * go-micro's RPC over HTTP/1.1: one call at a time on a pooled connection, each stream on a connection of its own. To a server of
 * this toolkit calls go many at a time on one connection ({@link HttpTransportOptions#multiplex}). Over TLS calls go by HTTP/2
 * where the server offers it, all on one connection.
 */
public final class HttpTransport implements Transport {
    private static final System.Logger LOG = LateLogger.of(HttpTransport.class);
    private static final int MAX_TARGETS = 10_000;

    private final VertxInternal vertx;
    private final HttpTransportOptions options;
    private final MemoryBudget budget;
    private final HttpClientAgent client;
    /** A field: a client that nobody refers to closes its sockets. */
    private final NetClient sockets;

    private final List<CertificateWatch> certificates;

    private final Map<String, ServerTarget> targets = new ConcurrentHashMap<>();
    private final RareWarning breaks;
    private final Set<HttpListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HttpTransport(VertxInternal vertx, HttpTransportOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.budget = MemoryBudget.of(vertx, options.limits().maxBufferedBytes());
        this.breaks = new RareWarning(LateLogger.of(CallConnection.class), VertxTimers.of(vertx));
        HttpClientOptions ofCalls = clientOptions(options);
        this.client = vertx.httpClientBuilder()
                .with(ofCalls)
                .with(poolOptions(options.pool()))
                .withConnectHandler(this::watch)
                .build();
        NetClientOptions ofSockets = socketOptions(options);
        this.sockets = vertx.createNetClient(ofSockets);
        this.certificates = List.of(
                CertificateWatch.begin(
                        vertx,
                        "http client",
                        options.tls(),
                        () -> ofCalls.getSslOptions().copy(),
                        client::updateSSLOptions),
                CertificateWatch.begin(
                        vertx,
                        "http streams",
                        options.tls(),
                        () -> ofSockets.getSslOptions().copy(),
                        sockets::updateSSLOptions));
        if (options.tls().enabled() && !options.tls().verify()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "http: certificates of servers are not verified (tls.verify is false)");
        }
    }

    private void watch(HttpConnection connection) {
        QuietConnections.quiet(connection);
        Http2KeepAlive.watch(connection, options.keepAlive().settings(), breaks);
        AnswerCheck.watch(connection);
        NettyPipeline.of(connection)
                .filter(own -> own.pipeline().get(HttpClientCodec.class) != null)
                .ifPresent(own -> watchCalls(connection, own));
    }

    private void watchCalls(HttpConnection connection, ChannelHandlerContext own) {
        TcpKeepAlive.on(own.channel(), options.keepAlive().settings());
        SocketAddress remote = connection.remoteAddress();
        String address = new HttpAddress(remote.hostAddress(), 0).withPort(remote.port());
        SilenceWatch.calls(
                own, means(address), why -> breaks.warn("http: connection of a call that waits closed: " + why));
    }

    private SilenceWatch.Means means(String address) {
        return new SilenceWatch.Means(
                options.keepAlive().settings(), () -> target(address).signOfLife());
    }

    /**
     * Makes the transport.
     *
     * @param vertx whose event loops carry it
     * @param options pool, timeouts, limits
     * @return the transport
     */
    public static Transport create(Vertx vertx, HttpTransportOptions options) {
        return new HttpTransport((VertxInternal) vertx, options);
    }

    private static HttpClientOptions clientOptions(HttpTransportOptions options) {
        HttpClientOptions made = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout((int)
                        Math.min(Integer.MAX_VALUE, options.pool().dialTimeout().toMillis()))
                .setMaxHeaderSize(options.limits().maxHeaderBytes())
                .setMaxInitialLineLength(8192)
                .setDecompressionSupported(false);
        if (!options.keepAlive().keepAlive().isZero()) {
            made.setKeepAliveTimeout(options.keepAlive().idleSeconds());
        }
        TlsOptions tls = options.tls();
        tls.secureClient(made);
        if (tls.enabled()) {
            made.setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true).setVerifyHost(tls.verify());
            made.getInitialSettings().setMaxHeaderListSize(options.limits().maxHeaderBytes());
        }
        return made;
    }

    private static NetClientOptions socketOptions(HttpTransportOptions options) {
        NetClientOptions made = new NetClientOptions()
                .setConnectTimeout((int)
                        Math.min(Integer.MAX_VALUE, options.pool().dialTimeout().toMillis()))
                .setTcpKeepAlive(true);
        TlsOptions tls = options.tls();
        tls.secureClient(made);
        return made.setHostnameVerificationAlgorithm(tls.enabled() && tls.verify() ? "HTTPS" : "");
    }

    private static PoolOptions poolOptions(HttpPool pool) {
        return new PoolOptions()
                .setHttp1MaxSize(pool.size())
                .setMaxLifetime(
                        (int) Math.min(Integer.MAX_VALUE, Math.max(1, pool.ttl().toSeconds())))
                .setMaxWaitQueueSize(pool.waiting());
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        Optional<MicroException> refusal = refusal(address, request);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        ServerTarget target;
        try {
            target = target(address);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(DialFailure.of(e));
        }
        ContextInternal caller = vertx.getOrCreateContext();
        Promise<Message> promise = caller.promise();
        if (target.multiplexes()) {
            multiplexed(target, request, context.cancellation(), caller, promise);
        } else {
            alone(target, request, context.cancellation(), promise);
        }
        return promise.future();
    }

    /** Why a message is not sent at all. */
    private Optional<MicroException> refusal(String address, Message message) {
        return closed
                ? Optional.of(closedError())
                : HeaderSize.refusal(
                        message.headers(),
                        address,
                        options.limits().maxHeaderBytes(),
                        options.tls().enabled());
    }

    private void multiplexed(
            ServerTarget target,
            Message request,
            Cancellation cancellation,
            ContextInternal caller,
            Promise<Message> promise) {
        MultiplexedCall call = new MultiplexedCall(
                target.address(), request, cancellation, options.limits().maxMessageBytes(), promise);
        EventLoop loop = caller.nettyEventLoop();
        CallPool pool = target.pool(loop);
        if (!loop.inEventLoop()) {
            loop.execute(() -> {
                if (!pool.send(call)) {
                    caller.emit(request, message -> alone(target, message, cancellation, promise));
                }
            });
        } else if (!pool.send(call)) {
            alone(target, request, cancellation, promise);
        }
    }

    private void alone(ServerTarget target, Message request, Cancellation cancellation, Promise<Message> promise) {
        new HttpCall(target, request, options.limits().maxMessageBytes(), budget.share(), promise)
                .start(client.request(target.request()), cancellation);
    }

    private ServerTarget target(String address) {
        ServerTarget known = targets.get(address);
        if (known != null) {
            return known;
        }
        if (targets.size() >= MAX_TARGETS) {
            targets.clear();
        }
        return targets.computeIfAbsent(
                address, named -> new ServerTarget(named, vertx, sockets, options.ofTargets(), breaks));
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        Optional<MicroException> refusal = refusal(address, first);
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        try {
            HttpAddress target = HttpAddress.parse(address);
            ContextInternal caller = vertx.getOrCreateContext();
            return new HttpOpening(address, caller, options.limits().ofMessages(), means(address), budget, first)
                    .start(() -> sockets.connect(target.port(), target.host()), context.cancellation())
                    .onSuccess(stream -> stream.closed().onFailure(end -> lost(address, end)));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(DialFailure.of(e));
        }
    }

    /** A connection that broke under a stream says of the others what one under a call does. */
    private void lost(String address, Throwable end) {
        ServerTarget known = targets.get(address);
        if (known != null && end instanceof MicroException error && error.fault() == Fault.BROKEN) {
            known.lost();
        }
    }

    @Override
    public Future<Void> probe(String address) {
        if (closed) {
            return Future.failedFuture(closedError());
        }
        try {
            return SignOfLife.of(vertx, sockets, address, options.pool().dialTimeout());
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(DialFailure.of(e));
        }
    }

    @Override
    public Listener listener(String address) {
        return new HttpListener(vertx, HttpAddress.parse(address), options, this::isClosed, listeners);
    }

    private boolean isClosed() {
        return closed;
    }

    static MicroException closedError() {
        return MicroException.internal("go.micro.transport", "transport is closed")
                .withFault(Fault.CALLER);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        certificates.forEach(CertificateWatch::close);
        Future<Void> all =
                Future.join(listeners.stream().map(Listener::close).toList()).mapEmpty();
        return all.eventually(client::close).eventually(sockets::close);
    }
}
