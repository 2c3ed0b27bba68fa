package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.net.ServedHttp;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** The last answer on a connection of HTTP/1.1, or of a request of HTTP/2. */
public final class Refusal {
    /** Of HTTP/2: no handler has seen the request, which may be tried elsewhere. */
    public static final long REFUSED_STREAM = 7;

    private Refusal() {}

    /**
     * Answers, then closes.
     *
     * @param request whom to answer; nothing is answered twice
     * @param status  4xx or 5xx; 503 says that no handler has seen the request
     * @param why     the body
     */
    public static void answer(HttpServerRequest request, int status, String why) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "text/plain");
        if (status == 503) {
            response.putHeader(Headers.NOT_TAKEN, "true");
        }
        if (request.version() == HttpVersion.HTTP_2) {
            response.end(why).onComplete(written -> response.reset());
            return;
        }
        response.putHeader("Connection", "close")
                .end(why)
                .onComplete(written -> ServedHttp.close(request.connection()));
    }
}
