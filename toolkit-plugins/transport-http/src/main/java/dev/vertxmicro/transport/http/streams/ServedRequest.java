package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.RequestHandler;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.function.BiPredicate;

/** A request without a stream, beside streams on their connection. It is answered once, whatever its handler does. */
final class ServedRequest {
    private static final System.Logger LOG = System.getLogger(ServedRequest.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final Message request;
    private final MemoryShare share;
    private final BiPredicate<ServedRequest, Message> answerer;
    private final Cancellation cancellation = new Cancellation();

    /**
     * Makes a request.
     *
     * @param request  what was asked
     * @param share    counts it while it is served
     * @param answerer writes an answer; gives false if there is no memory for it
     */
    ServedRequest(Message request, MemoryShare share, BiPredicate<ServedRequest, Message> answerer) {
        this.request = request;
        this.share = share;
        this.answerer = answerer;
    }

    /** Tells whether there is memory for it. */
    boolean fits() {
        return share.take(request.body().length());
    }

    void serve(RequestHandler handler, Peer peer) {
        Future<Message> answer;
        try {
            answer = Objects.requireNonNull(handler.handle(request, peer, cancellation), "handler answered null");
        } catch (Throwable e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(this::complete);
    }

    private static MicroException noMemory(String what) {
        return MicroException.unavailable("go.micro.transport", "no memory for " + what)
                .withoutStackTrace();
    }

    private void complete(AsyncResult<Message> result) {
        Message answer = result.result();
        if (answer == null) {
            FAILED.error("http: handler of requests failed", result.cause());
            refuse(MicroException.internal("go.micro.server", "internal error"));
            return;
        }
        try {
            if (!answerer.test(this, answer)) {
                refuse(noMemory("the answer"));
            }
        } catch (IllegalArgumentException e) {
            refuse(MicroException.internal("go.micro.server", "metadata: " + e.getMessage()));
        }
        share.close();
    }

    /** Answers with an error. */
    void refuse(MicroException why) {
        share.close();
        Metadata headers = Metadata.of(Headers.ERROR, why.toJson());
        String id = request.headers().value(Headers.ID, "");
        Metadata named = id.isEmpty() ? headers : headers.with(Headers.ID, id);
        var unused = answerer.test(this, new Message(named, Buffer.buffer()));
    }

    void refuseForMemory() {
        refuse(noMemory("a request"));
    }

    /** Nobody waits any more. */
    void cancel(MicroException why) {
        cancellation.cancel(why);
    }
}
