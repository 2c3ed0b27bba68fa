package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.http.multiplex.CallConnection;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what runs for one connection, whether or not somebody waits for it. May be used concurrently. */
public final class CountedHandler implements RequestHandler {
    private final RequestHandler handler;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * Makes a handler that counts.
     *
     * @param handler does the work
     */
    public CountedHandler(RequestHandler handler) {
        this.handler = handler;
    }

    /** Tells whether no more should be asked of it. */
    public boolean full() {
        return running.get() >= CallConnection.MAX_CALLS;
    }

    @Override
    public Future<Message> handle(Message request, Peer peer, Cancellation cancellation) {
        running.incrementAndGet();
        Future<Message> answer = null;
        try {
            answer = handler.handle(request, peer, cancellation);
        } finally {
            if (answer == null) {
                running.decrementAndGet();
            }
        }
        return answer == null ? Future.failedFuture("null") : answer.onComplete(done -> running.decrementAndGet());
    }
}
