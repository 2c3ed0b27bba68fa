package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.transport.RequestHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request that a server took, until its response is written. Always status 200, within the limits; runs on its
 * connection's context.
 */
final class HttpExchange {
    private static final System.Logger LOG = System.getLogger(HttpExchange.class.getName());
    private static final String TOO_LARGE = "message exceeds ";
    private static final CharSequence NAME = HttpHeaders.createOptimized(CallOpening.SERVER);

    private final HttpServerRequest request;
    private final Peer peer;
    private final BodyCollector body;
    private final boolean multiplexes;
    private final Cancellation cancellation = new Cancellation();
    private Runnable disarm = () -> {};

    /**
     * Makes an exchange.
     *
     * @param request     what was asked
     * @param peer        by whom
     * @param maxBytes    of its body
     * @param multiplexes whether this server takes multiplexed calls, which it says to all but Go clients
     */
    HttpExchange(HttpServerRequest request, Peer peer, int maxBytes, boolean multiplexes) {
        this.request = request;
        this.peer = peer;
        this.multiplexes = multiplexes;
        this.body = new BodyCollector(maxBytes, () -> refuse(maxBytes));
    }

    /** Ends a request of HTTP/2 whose body does not arrive in time; on HTTP/1.1 {@link ReadDeadline} sees to it. */
    void expectWithin(Vertx vertx, Duration timeout) {
        long timer = vertx.setTimer(timeout.toMillis(), late -> {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "http: request from {0} took too long to arrive, reset",
                    peer.remote());
            request.response().reset();
        });
        disarm = () -> vertx.cancelTimer(timer);
    }

    void serve(RequestHandler handler) {
        request.handler(body);
        request.endHandler(end -> answer(handler));
        request.response().closeHandler(closed -> gone());
        request.exceptionHandler(broken -> gone());
    }

    private void gone() {
        disarm.run();
        cancellation.cancel(
                MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace());
    }

    private void refuse(int maxBytes) {
        LOG.log(
                System.Logger.Level.WARNING,
                "http: message from {0} exceeds {1} bytes, refused",
                peer.remote(),
                maxBytes);
        HttpServerResponse response = request.response().setStatusCode(413);
        if (request.version() == HttpVersion.HTTP_2) {
            response.end(TOO_LARGE + maxBytes + " bytes").onComplete(written -> response.reset());
            return;
        }
        response.putHeader("Connection", "close")
                .end(TOO_LARGE + maxBytes + " bytes")
                .onComplete(written -> request.connection().close());
    }

    private void answer(RequestHandler handler) {
        disarm.run();
        if (body.exceeded()) {
            return;
        }
        Message message = new Message(HeaderText.read(request.headers()), body.body());
        handler.handle(message, peer, cancellation).onSuccess(this::write);
    }

    private void write(Message message) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        try {
            HeaderText.write(message.headers(), response.headers());
        } catch (IllegalArgumentException e) {
            fail(response, MicroException.internal("go.micro.server", "metadata: " + e.getMessage()));
            return;
        }
        if (multiplexes && !isGo(request.getHeader(HttpHeaders.USER_AGENT))) {
            response.headers().set(HttpHeaders.SERVER, NAME);
        }
        response.end(message.body());
    }

    private static boolean isGo(@Nullable String agent) {
        return agent != null && agent.startsWith("Go-http-client/");
    }

    private static void fail(HttpServerResponse response, MicroException error) {
        response.headers().clear();
        response.putHeader(Headers.ERROR, HeaderText.toWire(error.toJson()));
        response.end();
    }
}
