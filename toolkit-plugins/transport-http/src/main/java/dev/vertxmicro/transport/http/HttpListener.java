package dev.vertxmicro.transport.http;

import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.net.CertificateWatch;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.ReleasedPort;
import dev.vertxmicro.net.ServedHttp;
import dev.vertxmicro.net.TlsFailure;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.http.calls.CountedHandler;
import dev.vertxmicro.transport.http.calls.HttpExchange;
import dev.vertxmicro.transport.http.calls.Refusal;
import dev.vertxmicro.transport.http.calls.SignOfLife;
import dev.vertxmicro.transport.http.ingress.BrokenBody;
import dev.vertxmicro.transport.http.ingress.Http2Flood;
import dev.vertxmicro.transport.http.ingress.Http2GoAway;
import dev.vertxmicro.transport.http.ingress.IngressLimits;
import dev.vertxmicro.transport.http.ingress.OpenRequests;
import dev.vertxmicro.transport.http.ingress.ReadDeadline;
import dev.vertxmicro.transport.http.multiplex.CallUpgrade;
import dev.vertxmicro.transport.http.multiplex.ServerCalls;
import dev.vertxmicro.transport.http.streams.ServerStreams;
import dev.vertxmicro.transport.http.streams.StreamConnection;
import dev.vertxmicro.transport.http.streams.StreamTakeover;
import dev.vertxmicro.transport.http.wire.HttpAddress;
import dev.vertxmicro.transport.http.wire.TcpKeepAlive;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes go-micro's requests on an HTTP server. Any method and path is a call, as for a Go server. */
final class HttpListener implements Listener {
    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final int CLOSE_GRACE_SECONDS = 2;
    private static final int MAX_CONCURRENT_STREAMS = 1000;

    private final VertxInternal vertx;
    private final HttpAddress address;
    private final HttpTransportOptions options;
    private final BooleanSupplier transportClosed;
    private final Set<HttpListener> listeners;
    private final RareWarning flood;
    private final RareWarning refusals;
    private final IngressLimits ingress;
    private final RareWarning http2Floods;
    private final ServerCalls.Warnings ofCalls;
    private final Map<HttpConnection, Peer> peers = new ConcurrentHashMap<>();
    /** Of connections of HTTP/2, on which a request gives its place back when it is reset. */
    private final Map<HttpConnection, CountedHandler> counted = new ConcurrentHashMap<>();

    private RequestHandler handler = (request, peer, cancellation) ->
            Future.succeededFuture(new Message(Metadata.of("Micro-Error", "no handler"), Buffer.buffer()));
    private final Set<ServerStreams> taken = ConcurrentHashMap.newKeySet();
    private SocketHandler streamHandler = (first, socket, peer) -> socket.reset(
            MicroException.notImplemented("go.micro.transport", "streams").withoutStackTrace());
    private final Set<ServerCalls> multiplexed = ConcurrentHashMap.newKeySet();
    private final Promise<Void> gone = Promise.promise();
    private volatile boolean draining;
    private @Nullable ContextInternal serving;
    private @Nullable HttpServer server;
    private @Nullable CertificateWatch certificates;

    HttpListener(
            VertxInternal vertx,
            HttpAddress address,
            HttpTransportOptions options,
            BooleanSupplier transportClosed,
            Set<HttpListener> listeners) {
        this.vertx = vertx;
        this.address = address;
        this.options = options;
        this.transportClosed = transportClosed;
        this.listeners = listeners;
        this.flood = new RareWarning(LOG, VertxTimers.of(vertx));
        this.refusals = new RareWarning(LOG, VertxTimers.of(vertx));
        HttpLimits limits = options.limits();
        this.ingress = new IngressLimits(
                limits.ofMessages(),
                MemoryBudget.of(vertx, limits.maxBufferedBytes()),
                refusals,
                options.keepAlive().settings());
        this.http2Floods = new RareWarning(LOG, VertxTimers.of(vertx));
        this.ofCalls = new ServerCalls.Warnings(callWarning(vertx), callWarning(vertx), callWarning(vertx));
    }

    private static RareWarning callWarning(VertxInternal vertx) {
        return new RareWarning(System.getLogger(ServerCalls.class.getName()), VertxTimers.of(vertx));
    }

    @Override
    public Listener onRequest(RequestHandler requestHandler) {
        handler = requestHandler;
        return this;
    }

    @Override
    public Listener onStream(SocketHandler handlerOfStreams) {
        streamHandler = handlerOfStreams;
        return this;
    }

    @Override
    public Future<String> listen() {
        if (transportClosed.getAsBoolean()) {
            return Future.failedFuture(HttpTransport.closedError());
        }
        if (options.tls().enabled() && options.tls().certificate().isEmpty()) {
            return Future.failedFuture(notListening("tls: no certificate (expected: tls.certificate and tls.key)"));
        }
        HttpServerOptions made = serverOptions();
        HttpServer created = vertx.createHttpServer(made)
                .connectionHandler(this::connected)
                .exceptionHandler(failure ->
                        TlsFailure.text(failure).ifPresent(why -> refusals.warn("http: connection refused: " + why)))
                .invalidRequestHandler(this::refuse)
                .requestHandler(this::requested);
        server = created;
        serving = vertx.getOrCreateContext();
        listeners.add(this);
        return created.listen(address.port(), address.bindHost()).transform(result -> {
            if (result.succeeded()) {
                certificates = CertificateWatch.begin(
                        vertx,
                        "http server",
                        options.tls(),
                        () -> made.getSslOptions().copy(),
                        created::updateSSLOptions);
                return Future.succeededFuture(address.withPort(created.actualPort()));
            }
            listeners.remove(this);
            return Future.failedFuture(notListening(reason(result.cause())).withCause(result.cause()));
        });
    }

    private HttpServerOptions serverOptions() {
        HttpLimits limits = options.limits();
        HttpServerOptions made = ServedHttp.options(limits.idleTimeout(), limits.maxHeaderBytes());
        TlsOptions tls = options.tls();
        tls.secure(made);
        if (tls.enabled()) {
            made.setUseAlpn(true).setClientAuth(tls.clientAuth() ? ClientAuth.REQUIRED : ClientAuth.NONE);
            made.getInitialSettings()
                    .setMaxHeaderListSize(limits.maxHeaderBytes())
                    .setMaxConcurrentStreams(MAX_CONCURRENT_STREAMS);
        }
        return made;
    }

    private MicroException notListening(String reason) {
        return MicroException.internal(
                "go.micro.transport", "listen tcp " + address.withPort(address.port()) + ": " + reason);
    }

    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("in use") ? "bind: address already in use" : message;
    }

    private void connected(HttpConnection connection) {
        String remote = text(connection.remoteAddress());
        if (peers.size() >= options.limits().maxConnections()) {
            flood.warn("http: connection from " + remote + " refused, " + peers.size() + " are open");
            connection.close();
            return;
        }
        peers.put(connection, new Peer(remote, text(connection.localAddress()), PeerIdentity.of(connection)));
        connection.closeHandler(closed -> {
            peers.remove(connection);
            counted.remove(connection);
            goneIfNobodyIsLeft();
        });
        NettyPipeline.of(connection).ifPresent(own -> TcpKeepAlive.on(own.channel(), ingress.keepAlive()));
        // In this order: bytes have their turn before heads are counted.
        OpenRequests.watch(connection, ingress.budget());
        ReadDeadline.watch(connection, ingress, remote);
        Http2Flood.watch(connection, ingress, remote, http2Floods);
        StreamTakeover.watch(connection, ingress, streamHandler::opens, streams -> take(connection, streams));
        BrokenBody.watch(connection);
        if (draining) {
            Http2GoAway.say(connection);
        }
        if (options.multiplexes()) {
            CallUpgrade.watch(connection, (out, pings) -> calls(connection, out, pings));
        }
    }

    private ServerCalls calls(HttpConnection connection, ChannelHandlerContext out, boolean pings) {
        Peer peer = peers.getOrDefault(connection, Peer.UNKNOWN);
        ServerCalls calls = new ServerCalls(context(), handler, peer, ingress, ofCalls, out);
        multiplexed.add(calls);
        out.channel().closeFuture().addListener(closed -> multiplexed.remove(calls));
        if (pings) {
            calls.keepAlive(options.keepAlive().settings());
        }
        if (draining) {
            calls.drain();
        }
        return calls;
    }

    private ContextInternal context() {
        return serving == null ? vertx.getOrCreateContext() : serving;
    }

    private ServerStreams take(HttpConnection connection, StreamConnection carrier) {
        ServerStreams streams = new ServerStreams(
                context(),
                new ServerStreams.Handlers(streamHandler, handler),
                peers.getOrDefault(connection, Peer.UNKNOWN),
                carrier);
        taken.add(streams);
        carrier.closed().addListener(closed -> taken.remove(streams));
        return streams;
    }

    /** What is no HTTP, or passes the limits of its headers: Vert.x answers 4xx and closes. */
    private void refuse(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        refusals.warn("http: request from " + text(request.remoteAddress()) + " refused: "
                + (cause == null ? "malformed" : cause.getMessage()));
        HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
    }

    private static String text(io.vertx.core.net.@Nullable SocketAddress socket) {
        return socket == null ? "" : new HttpAddress(socket.hostAddress(), 0).withPort(socket.port());
    }

    private void requested(HttpServerRequest request) {
        if (SignOfLife.given(request)) {
            return;
        }
        Peer peer = peers.getOrDefault(request.connection(), Peer.UNKNOWN);
        HttpExchange exchange = new HttpExchange(request, peer, ingress, options.multiplexes(), () -> draining);
        if (request.version() != HttpVersion.HTTP_2) {
            exchange.serve(vertx, handler);
            return;
        }
        CountedHandler ofConnection =
                counted.computeIfAbsent(request.connection(), first -> new CountedHandler(handler));
        if (ofConnection.full()) {
            ofCalls.refusals().warn("http: request from " + peer.remote() + " refused: too many run of one connection");
            request.response().reset(Refusal.REFUSED_STREAM);
            return;
        }
        exchange.serve(vertx, ofConnection);
    }

    /** An idle connection of HTTP/1.1 stays: a request may be on its way, which a close would lose. */
    @Override
    public Future<Void> drain() {
        if (!draining) {
            draining = true;
            multiplexed.forEach(ServerCalls::drain);
            peers.keySet().forEach(Http2GoAway::say);
            goneIfNobodyIsLeft();
        }
        return gone.future();
    }

    private void goneIfNobodyIsLeft() {
        if (draining && peers.isEmpty()) {
            gone.tryComplete();
        }
    }

    @Override
    public Future<Void> close() {
        HttpServer open = server;
        if (open == null) {
            return Future.succeededFuture();
        }
        server = null;
        if (certificates != null) {
            certificates.close();
        }
        listeners.remove(this);
        MicroException closing = MicroException.unavailable("go.micro.transport", "listener is closed");
        taken.forEach(streams -> streams.refuse(closing.withoutStackTrace()));
        return open.shutdown(CLOSE_GRACE_SECONDS, TimeUnit.SECONDS).eventually(() -> ReleasedPort.of(vertx));
    }
}
