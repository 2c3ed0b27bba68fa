package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.transport.http.wire.AnswerCheck;
import dev.vertxmicro.transport.http.wire.DialFailure;
import dev.vertxmicro.transport.http.wire.HeaderText;
import dev.vertxmicro.transport.http.wire.HttpStatus;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.StreamResetException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request and its response. Runs on the context of the caller; words failures as go-micro does. */
public final class HttpCall {
    private final ServerTarget target;
    private final String address;
    private final Message message;
    private final int maxBytes;
    private final MemoryShare share;
    private final Promise<Message> promise;
    private @Nullable HttpClientRequest request;
    private Runnable unhook = () -> {};
    private boolean cancelled;
    private boolean dialing;
    private @Nullable BodyCollector answer;

    /**
     * Makes a call.
     *
     * @param target   whom it goes to
     * @param message  what it asks
     * @param maxBytes of the response's body
     * @param share    counts that body
     * @param promise  of the answer
     */
    public HttpCall(ServerTarget target, Message message, int maxBytes, MemoryShare share, Promise<Message> promise) {
        this.target = target;
        this.address = target.address();
        this.message = message;
        this.maxBytes = maxBytes;
        this.share = share;
        this.promise = promise;
    }

    /**
     * Sends the call.
     *
     * @param connected    gives a request on a connection
     * @param cancellation ends the call
     */
    public void start(Future<HttpClientRequest> connected, Cancellation cancellation) {
        unhook = cancellation.onCancel(() -> cancel(cancellation.cause()));
        dialing = !cancelled;
        connected.onComplete(this::send, this::notConnected);
    }

    private void send(HttpClientRequest connected) {
        if (cancelled) {
            connected.exceptionHandler(reset -> {}); // without one Vert.x logs it
            connected.reset();
            return;
        }
        request = connected;
        target.begins(connected);
        connected.exceptionHandler(this::broken);
        try {
            HeaderText.write(message.headers(), connected.headers());
        } catch (IllegalArgumentException e) {
            fail(MicroException.internal("go.micro.client", "metadata: " + e.getMessage())
                    .withFault(Fault.CALLER));
            connected.reset();
            return;
        }
        connected.send(message.body()).onComplete(this::receive, this::broken);
    }

    private void receive(HttpClientResponse response) {
        BodyCollector body = new BodyCollector(maxBytes, share, why -> refuse(response, why));
        answer = body;
        response.handler(body);
        response.exceptionHandler(this::broken);
        response.endHandler(end -> received(response, body));
    }

    private void received(HttpClientResponse response, BodyCollector body) {
        if (body.exceeded()) {
            return;
        }
        share.close();
        if (response.statusCode() != 200) {
            fail(refused(response, body.body()));
            return;
        }
        target.answered(response.getHeader(HttpHeaders.SERVER));
        if (promise.tryComplete(new Message(HeaderText.read(response.headers()), body.body()))) {
            over();
        }
    }

    private static MicroException refused(HttpClientResponse response, Buffer body) {
        String text = body.getString(0, Math.min(body.length(), 1024), StandardCharsets.UTF_8.name());
        MicroException error = MicroException.internal(
                "go.micro.client.transport",
                response.statusCode() + " " + response.statusMessage() + ": " + text.strip());
        return response.getHeader(Headers.NOT_TAKEN) == null
                ? error.withFault(HttpStatus.fault(response.statusCode()))
                : error.asNotTaken();
    }

    private void refuse(HttpClientResponse response, BodyCollector.Excess why) {
        String of = "response from " + address;
        fail(
                switch (why) {
                    case TOO_LARGE ->
                        MicroException.internal("go.micro.client.transport", of + " exceeds " + maxBytes + " bytes")
                                .withFault(Fault.CALLER);
                    case NO_ROOM ->
                        MicroException.unavailable("go.micro.client.transport", of + ": memory for messages is used up")
                                .withFault(Fault.CALLER);
                });
        response.request().reset();
    }

    private void notConnected(Throwable cause) {
        if (cause instanceof ConnectionPoolTooBusyException) {
            fail(MicroException.unavailable("go.micro.client", "too many calls wait for a connection to " + address)
                    .withFault(Fault.CALLER)
                    .asRetryable());
            return;
        }
        fail(DialFailure.of(address, cause));
    }

    private void broken(Throwable cause) {
        if (cause instanceof StreamResetException reset && reset.getCode() == Refusal.REFUSED_STREAM) {
            fail(MicroException.unavailable("go.micro.client.transport", "refused by " + address)
                    .asNotTaken());
            return;
        }
        if (!(cause instanceof StreamResetException)) {
            target.lost();
        }
        String said = String.valueOf(cause.getMessage());
        String why = said.equals("Connection was closed") || said.equals("Connection closed before received headers")
                ? ended()
                : said;
        if (AnswerCheck.foundNoHttp(cause)) {
            why = AnswerCheck.noHttp(address);
        }
        fail(MicroException.internal("go.micro.client.transport", why)
                .withCause(cause)
                .withFault(cause instanceof HeaderListSizeException ? Fault.CALLER : Fault.BROKEN));
    }

    private String ended() {
        if (answer != null) {
            return "unexpected EOF: " + address + " closed the connection in the midst of its answer";
        }
        HttpClientRequest sent = request;
        return sent == null || target.hasAnswered()
                ? AnswerCheck.ended(address)
                : AnswerCheck.ended(sent.connection(), address);
    }

    /** Closes the connection: that is how HTTP/1.1 tells a server that nobody waits. */
    private void cancel(MicroException cause) {
        cancelled = true;
        share.close();
        boolean first = promise.tryFail(cause.withFault(unanswered()));
        HttpClientRequest sent = request;
        if (sent != null) {
            if (first) {
                target.ends();
            }
            sent.reset();
        }
    }

    /** Whose fault it is that there is no answer yet. */
    private Fault unanswered() {
        if (request == null && dialing) {
            return target.busy() ? Fault.CALLER : Fault.UNREACHABLE;
        }
        BodyCollector coming = answer;
        return coming != null && coming.comes() ? Fault.NOBODY : Fault.UNKNOWN;
    }

    private void fail(MicroException error) {
        share.close();
        if (promise.tryFail(error)) {
            over();
        }
    }

    private void over() {
        unhook.run();
        if (request != null) {
            target.ends();
        }
    }
}
