package dev.vertxmicro.bridge.session;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.engine.NettyPipeline;
import dev.vertxmicro.net.CertificateWatch;
import dev.vertxmicro.net.ReleasedPort;
import dev.vertxmicro.net.TlsFailure;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in by SockJS over WebSockets, and by a WebSocket without SockJS around its frames. Its other transports, which hold
 * what waits for a client on the server, are off.
 */
public final class WebDoor {
    private static final int HANDSHAKE_SECONDS = 3;

    private final HttpServer server;
    private final HttpServerOptions listening;
    private @Nullable CertificateWatch certificates;
    private final Map<Channel, Long> strangers = new HashMap<>();
    private final Vertx vertx;
    private final OpenSessions sessions;
    private final WebOptions options;
    private final HostPort address;

    /**
     * Makes the door, closed.
     *
     * @param vertx    the engine
     * @param options  where
     * @param sessions gets those who come
     */
    public WebDoor(Vertx vertx, WebOptions options, OpenSessions sessions) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.options = options;
        this.address = HostPort.listening(options.address());
        SockJSHandlerOptions sockjs = new SockJSHandlerOptions().setRegisterWriteHandler(false);
        for (String transport : new String[] {"XHR", "EVENT_SOURCE", "HTML_FILE", "JSON_P"}) {
            sockjs.addDisabledTransport(transport);
        }
        Router router = Router.router(vertx);
        router.route().failureHandler(context -> end(context, context.statusCode() < 400 ? 500 : context.statusCode()));
        router.route().handler(this::checkOrigin);
        router.route(options.path() + "/*")
                .subRouter(SockJSHandler.create(vertx, sockjs).socketHandler(this::connected));
        listening = serverOptions();
        server = vertx.createHttpServer(listening)
                .connectionHandler(this::accepted)
                .exceptionHandler(failure ->
                        TlsFailure.text(failure).ifPresent(why -> sessions.warn("connection refused: " + why)))
                .requestHandler(router);
    }

    private HttpServerOptions serverOptions() {
        // SockJS writes JSON into a text of JSON, which at worst doubles it
        int most = 2 * sessions.limits().maxMessageBytes() + 1024;
        long idle = sessions.limits().idleTimeout().toMillis();
        HttpServerOptions made = new HttpServerOptions()
                .setTcpKeepAlive(true)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(most)
                .setMaxWebSocketMessageSize(most)
                .setWebSocketClosingTimeout(2)
                .setReadIdleTimeout((int) Math.min(Integer.MAX_VALUE, idle))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        made.setSslHandshakeTimeout(HANDSHAKE_SECONDS).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
        options.tls().secure(made);
        return options.tls().clientAuth() ? made.setClientAuth(ClientAuth.REQUIRED) : made;
    }

    /**
     * Opens it.
     *
     * @return the port
     */
    public Future<Integer> open() {
        return server.listen(address.port(), address.host()).map(opened -> {
            certificates = CertificateWatch.begin(
                    vertx,
                    "web bridge",
                    options.tls(),
                    () -> listening.getSslOptions().copy(),
                    server::updateSSLOptions);
            return opened.actualPort();
        });
    }

    private void accepted(HttpConnection connection) {
        String host = Headcount.host(connection.remoteAddress());
        if (!sessions.headcount().enter(host)) {
            sessions.warn("connection from " + host + " refused, there are too many");
            connection.close();
            return;
        }
        Channel channel = channel(connection);
        long idle = sessions.limits().idleTimeout().toMillis();
        strangers.put(channel, vertx.setTimer(idle, late -> NettyPipeline.cut(channel)));
        // The close handler of a connection that has become a WebSocket is never called.
        channel.closeFuture()
                .addListener(closed -> sessions.next(() -> {
                    known(channel);
                    sessions.headcount().leave(host);
                }));
    }

    /** Ends the wait for what a connection is there for. */
    private void known(Channel channel) {
        Long timer = strangers.remove(channel);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void checkOrigin(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null || options.origins().contains(origin)) {
            context.next();
        } else {
            sessions.warn("page of " + origin + " refused (expected: one of web.origins)");
            end(context, 403);
        }
    }

    private static void end(RoutingContext context, int status) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response().setStatusCode(status).end();
        }
    }

    private void connected(SockJSSocket socket) {
        Channel channel = channel(socket.routingContext().request().connection());
        known(channel);
        BridgeSession session = sessions.begin(new WebWire(socket, channel, isRaw(socket)));
        socket.closeHandler(closed -> session.close());
        socket.endHandler(closed -> session.close());
        socket.exceptionHandler(failure -> {
            if (TlsFailure.text(failure).isEmpty() && !session.isClosed()) {
                sessions.warn(session.peer() + " broke off: " + failure.getMessage());
            }
            session.close();
        });
        socket.handler(session::receive);
        String authorization = socket.headers().get(HttpHeaders.AUTHORIZATION);
        if (authorization != null && FrameHeaders.isBearer(authorization)) {
            session.login(authorization);
        }
    }

    private static Channel channel(HttpConnection connection) {
        return NettyPipeline.of(connection).orElseThrow().channel();
    }

    private boolean isRaw(SockJSSocket socket) {
        return socket.routingContext().request().path().equals(options.path() + "/websocket");
    }

    private record WebWire(SockJSSocket socket, Channel connection, boolean raw) implements BridgeWire {
        @Override
        public Dialect dialect() {
            return Dialect.SOCKJS;
        }

        @Override
        public String peer() {
            return String.valueOf(socket.remoteAddress());
        }

        @Override
        public Future<Void> write(Buffer frame) {
            return socket.write(frame.toString());
        }

        /** Within SockJS, what is not read would be kept by vertx-web; there only the bound on what waits holds. */
        @Override
        public void pause() {
            if (raw) {
                socket.pause();
            }
        }

        @Override
        public void resume() {
            if (raw) {
                socket.resume();
            }
        }

        @Override
        public void close(boolean now) {
            if (now) {
                NettyPipeline.cut(connection);
            } else {
                socket.close();
            }
        }
    }

    /**
     * Closes it; connections stay.
     *
     * @return completes when nobody comes in any more
     */
    public Future<Void> close() {
        if (certificates != null) {
            certificates.close();
        }
        return server.close().eventually(() -> ReleasedPort.of(vertx));
    }
}
