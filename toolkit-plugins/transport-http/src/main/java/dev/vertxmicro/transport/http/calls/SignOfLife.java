package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.net.QuietConnections;
import dev.vertxmicro.transport.http.wire.DialFailure;
import dev.vertxmicro.transport.http.wire.HttpAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Asks a server whether it answers at all, on a connection of its own: {@code OPTIONS *} (RFC 9110, 9.3.7), which reaches no
 * handler of ours and none of Go's {@code net/http}. Any answer of HTTP will do. The system takes connections for a process that
 * is stopped, and for one whose event loop is blocked; it does not answer for them.
 */
public final class SignOfLife {
    private static final String ANSWER = "HTTP/1.";

    private final Promise<Void> promise;
    private final Buffer came = Buffer.buffer();

    private SignOfLife(Promise<Void> promise) {
        this.promise = promise;
    }

    /**
     * Asks.
     *
     * @param vertx   has timers
     * @param sockets make connections
     * @param address {@code host:port}
     * @param timeout for connection and answer together
     * @return completes with the answer; fails as a call does that finds nobody
     * @throws IllegalArgumentException if the address is malformed
     */
    public static Future<Void> of(VertxInternal vertx, NetClient sockets, String address, Duration timeout) {
        HttpAddress target = HttpAddress.parse(address);
        Promise<Void> promise = vertx.getOrCreateContext().promise();
        SignOfLife asked = new SignOfLife(promise);
        long timer = vertx.setTimer(
                Math.max(1, timeout.toMillis()),
                late -> promise.tryFail(new TimeoutException("no answer within " + timeout.toMillis() + " ms")));
        Future<NetSocket> connected = sockets.connect(target.port(), target.host());
        connected.onComplete(socket -> asked.ask(socket, target), promise::tryFail);
        return promise.future()
                .onComplete(done -> {
                    vertx.cancelTimer(timer);
                    connected.onSuccess(NetSocket::close);
                })
                .recover(failure -> Future.failedFuture(DialFailure.of(address, failure)));
    }

    private void ask(NetSocket socket, HttpAddress target) {
        QuietConnections.quiet(socket);
        socket.closeHandler(closed -> promise.tryFail(new IOException("EOF")));
        socket.handler(this::answer);
        socket.write("OPTIONS * HTTP/1.1\r\nHost: " + new HttpAddress(target.name(), 0).withPort(target.port())
                        + "\r\nUser-Agent: vertx-micro\r\nConnection: close\r\n\r\n")
                .onFailure(promise::tryFail);
    }

    private void answer(Buffer bytes) {
        if (came.length() < ANSWER.length()) {
            came.appendBuffer(bytes, 0, Math.min(bytes.length(), ANSWER.length() - came.length()));
        }
        if (!ANSWER.startsWith(came.toString())) {
            promise.tryFail(new IOException("another protocol than HTTP"));
        } else if (came.length() == ANSWER.length()) {
            promise.tryComplete();
        }
    }

    /**
     * Answers at once where that is what was asked.
     *
     * @param request a request
     * @return false if it is for a handler
     */
    public static boolean given(HttpServerRequest request) {
        if (!HttpMethod.OPTIONS.equals(request.method()) || !"*".equals(request.uri())) {
            return false;
        }
        request.response().end();
        return true;
    }
}
