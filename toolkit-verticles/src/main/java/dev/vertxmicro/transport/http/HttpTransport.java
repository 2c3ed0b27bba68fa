package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** go-micro's RPC over HTTP/1.1: one call at a time on a pooled connection. */
public final class HttpTransport implements Transport {
    private static final int MAX_TARGETS = 10_000;

    private final VertxInternal vertx;
    private final HttpTransportOptions options;
    private final HttpClientAgent client;
    private final Map<String, RequestOptions> targets = new ConcurrentHashMap<>();
    private final Set<HttpListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private HttpTransport(VertxInternal vertx, HttpTransportOptions options) {
        this.vertx = vertx;
        this.options = options;
        this.client = vertx.createHttpClient(clientOptions(options), poolOptions(options));
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
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setConnectTimeout(
                        (int) Math.min(Integer.MAX_VALUE, options.dialTimeout().toMillis()))
                .setMaxHeaderSize(options.maxHeaderBytes())
                .setMaxInitialLineLength(8192)
                .setDecompressionSupported(false);
    }

    private static PoolOptions poolOptions(HttpTransportOptions options) {
        return new PoolOptions()
                .setHttp1MaxSize(options.poolSize())
                .setMaxLifetime((int) Math.min(
                        Integer.MAX_VALUE, Math.max(1, options.poolTtl().toSeconds())))
                .setMaxWaitQueueSize(options.poolWaiting());
    }

    @Override
    public String type() {
        return "http";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        if (closed) {
            return Future.failedFuture(closedError());
        }
        RequestOptions target;
        try {
            target = target(address);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(
                    MicroException.internal("go.micro.client", "connection error: " + e.getMessage()));
        }
        return new HttpCall(
                        address,
                        request,
                        options.maxMessageBytes(),
                        vertx.getOrCreateContext().promise())
                .start(client.request(target), context.cancellation());
    }

    private RequestOptions target(String address) {
        RequestOptions known = targets.get(address);
        if (known != null) {
            return known;
        }
        if (targets.size() >= MAX_TARGETS) {
            targets.clear();
        }
        return targets.computeIfAbsent(address, HttpTransport::requestOptions);
    }

    private static RequestOptions requestOptions(String address) {
        HttpAddress parsed = HttpAddress.parse(address);
        RequestOptions target = new RequestOptions();
        if (!parsed.name().equals(parsed.host())) {
            target.setServer(parsed.server());
        }
        return target.setMethod(HttpMethod.POST)
                .setHost(parsed.name())
                .setPort(parsed.port())
                .setURI("/");
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        return Future.failedFuture(MicroException.notImplemented("go.micro.client", "streams over http"));
    }

    @Override
    public Listener listener(String address) {
        return new HttpListener(vertx, HttpAddress.parse(address), options, this::isClosed, listeners);
    }

    private boolean isClosed() {
        return closed;
    }

    static MicroException closedError() {
        return MicroException.internal("go.micro.transport", "transport is closed");
    }

    @Override
    public Future<Void> close() {
        closed = true;
        Future<Void> all =
                Future.join(listeners.stream().map(Listener::close).toList()).mapEmpty();
        return all.eventually(client::close);
    }
}
