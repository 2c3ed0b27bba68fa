package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.net.Announcement;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.ingress.IngressLimits;
import dev.vertxmicro.transport.http.ingress.ReadDeadline;
import dev.vertxmicro.transport.http.multiplex.CallOpening;
import dev.vertxmicro.transport.http.wire.HeaderText;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request that a server took, until its response is written. Always status 200, within the limits; whatever the handler does,
 * there is an answer, and the memory that the request held is given back. Runs on its connection's context.
 */
public final class HttpExchange {
    private static final System.Logger LOG = LateLogger.of(HttpExchange.class);
    private static final RareWarning FAILED = RareWarning.of(LOG);
    private static final CharSequence NAME = HttpHeaders.createOptimized(CallOpening.SERVER);
    private static final CharSequence EXPECT = HttpHeaders.createOptimized("expect");
    private static final String BUSY = "memory for messages is used up";

    private final HttpServerRequest request;
    private final Peer peer;
    private final IngressLimits ingress;
    private final MemoryShare share;
    private final BodyCollector body;
    private final boolean multiplexes;
    private final BooleanSupplier draining;
    private final Cancellation cancellation = new Cancellation();
    private Metadata headers = Metadata.EMPTY;
    private boolean handling;
    private Runnable disarm = () -> {};

    /**
     * Makes an exchange.
     *
     * @param request     what was asked
     * @param peer        by whom
     * @param ingress      what is let in
     * @param multiplexes whether this server takes multiplexed calls, which it says to all but Go clients
     * @param draining    whether the peer is to take its next request elsewhere
     */
    public HttpExchange(
            HttpServerRequest request,
            Peer peer,
            IngressLimits ingress,
            boolean multiplexes,
            BooleanSupplier draining) {
        this.request = request;
        this.peer = peer;
        this.ingress = ingress;
        this.multiplexes = multiplexes;
        this.draining = draining;
        this.share = ingress.budget().share();
        this.body = new BodyCollector(ingress.limits().maxMessageBytes(), share, this::refuse);
    }

    /**
     * Reads the request and has it answered.
     *
     * @param vertx   has timers
     * @param handler answers
     */
    public void serve(Vertx vertx, RequestHandler handler) {
        request.handler(body);
        request.endHandler(end -> answer(handler));
        request.response().closeHandler(closed -> gone());
        request.exceptionHandler(broken -> gone());
        if (request.version() == HttpVersion.HTTP_2) {
            expectWithin(vertx);
        }
        HeaderText.Reading read = HeaderText.reading(request.headers());
        headers = read.metadata();
        if (!share.take(read.bytes())) {
            refuse(BodyCollector.Excess.NO_ROOM);
            return;
        }
        switch (announced()) {
            case NONE -> {}
            case CONTINUE -> request.response().writeContinue();
            case UNKNOWN -> refuse(417, "expectation is not known (expected: 100-continue)");
            case TOO_LARGE -> refuse(BodyCollector.Excess.TOO_LARGE);
        }
    }

    private Announcement announced() {
        String expect = request.version() == HttpVersion.HTTP_1_0 ? null : request.getHeader(EXPECT);
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return Announcement.of(
                expect == null ? "" : expect,
                length == null ? "" : length,
                ingress.limits().maxMessageBytes());
    }

    /** Ends a request of HTTP/2 whose body does not arrive in time; on HTTP/1.1 {@link ReadDeadline} sees to it. */
    private void expectWithin(Vertx vertx) {
        long timer = vertx.setTimer(ingress.limits().readTimeout().toMillis(), late -> {
            ingress.refusals().warn("http: request from " + peer.remote() + " took too long to arrive, reset");
            request.response().reset();
        });
        disarm = () -> vertx.cancelTimer(timer);
    }

    private void gone() {
        disarm.run();
        if (!handling) {
            body.drop();
        }
        cancellation.cancel(
                MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace());
    }

    private void refuse(BodyCollector.Excess why) {
        switch (why) {
            case TOO_LARGE -> refuse(413, "message exceeds " + ingress.limits().maxMessageBytes() + " bytes");
            case NO_ROOM -> refuse(503, BUSY);
        }
    }

    private void refuse(int status, String why) {
        disarm.run();
        body.drop();
        ingress.refusals().warn("http: message from " + peer.remote() + " refused: " + why);
        Refusal.answer(request, status, why);
        headers = Metadata.EMPTY;
        request.headers().clear(); // the request lives until its body has come, or the connection is closed
    }

    private void answer(RequestHandler handler) {
        if (body.exceeded()) {
            return;
        }
        disarm.run();
        if (request.decoderResult().isFailure()) {
            refuse(400, String.valueOf(request.decoderResult().cause().getMessage()));
            return;
        }
        handling = true;
        ContextInternal context = ContextInternal.current(); // a handler may complete its future on any thread
        handled(handler, new Message(headers, body.body())).onComplete(result -> context.emit(result, this::answered));
    }

    private Future<Message> handled(RequestHandler handler, Message message) {
        try {
            return Objects.requireNonNull(handler.handle(message, peer, cancellation), "no future");
        } catch (Throwable thrown) {
            return Future.failedFuture(thrown);
        }
    }

    private void answered(AsyncResult<Message> result) {
        handling = false;
        share.giveBack(share.heldBytes());
        try {
            if (result.succeeded()) {
                write(result.result());
                return;
            }
            failed(result.cause());
        } catch (Throwable thrown) {
            failed(thrown);
        }
    }

    private void failed(Throwable cause) {
        FAILED.error("http: handler of calls failed", cause);
        fail(MicroException.internal("go.micro.server", "internal error"));
    }

    private void write(Message message) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            share.close();
            return;
        }
        if (!share.take(message.body().length())) {
            ingress.refusals().warn("http: answer to " + peer.remote() + " left out: " + BUSY);
            fail(MicroException.unavailable("go.micro.server", BUSY).withoutStackTrace());
            return;
        }
        try {
            HeaderText.write(message.headers(), response.headers());
        } catch (IllegalArgumentException e) {
            fail(MicroException.internal("go.micro.server", "metadata: " + e.getMessage()));
            return;
        }
        if (multiplexes && !isGo(request.getHeader(HttpHeaders.USER_AGENT))) {
            response.headers().set(HttpHeaders.SERVER, NAME);
        }
        end(response, message.body());
    }

    /** Of HTTP/1.1: the client closes once it has read the answer. */
    private void leave(HttpServerResponse response) {
        if (draining.getAsBoolean() && request.version() != HttpVersion.HTTP_2) {
            response.headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
    }

    private void end(HttpServerResponse response, Buffer bytes) {
        leave(response);
        Future<Void> written = response.end(bytes);
        if (share.heldBytes() <= MemoryShare.FREE_BYTES) {
            share.close();
        } else {
            written.onComplete(done -> share.close());
        }
    }

    private static boolean isGo(@Nullable String agent) {
        return agent != null && agent.startsWith("Go-http-client/");
    }

    private void fail(MicroException error) {
        share.close();
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.headers().clear();
        response.putHeader(Headers.ERROR, HeaderText.toWire(error.toJson()));
        leave(response);
        response.end();
    }
}
