package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Whoever completes the promise first wins: the answer, the cancellation or the close.
 */
final class MemoryCall implements MemoryExchange {
    private static final System.Logger LOG = System.getLogger(MemoryCall.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final MemoryListener listener;
    private final Promise<Message> promise;
    private final Message request;
    private final Peer peer;
    private final Cancellation cancellation = new Cancellation();
    private volatile Runnable release = () -> {};

    MemoryCall(MemoryListener listener, Promise<Message> promise, Message request, Peer peer) {
        this.listener = listener;
        this.promise = promise;
        this.request = request;
        this.peer = peer;
    }

    Future<Message> start(Cancellation caller) {
        if (!listener.enter(this)) {
            promise.fail(MemoryTransport.refused(peer.local()));
            return promise.future();
        }
        Runnable unhook = caller.onCancel(() -> giveUp(caller.cause()));
        release = () -> {
            unhook.run();
            listener.leave(this);
        };
        if (promise.future().isComplete()) {
            release.run(); // cancelled before there was something to release
        }
        listener.context().execute(this::run);
        return promise.future();
    }

    private void run() {
        if (cancellation.isCancelled()) {
            return;
        }
        try {
            listener.requests().handle(request, peer, cancellation).onComplete(this::answer);
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    private void answer(AsyncResult<Message> result) {
        Message response = result.result();
        if (response == null) {
            broken(result.cause());
        } else if (promise.tryComplete(response)) {
            release.run();
        }
    }

    private void broken(@Nullable Throwable failure) {
        FAILED.error(
                "memory: request handler failed without a response",
                failure == null ? new IllegalStateException("null") : failure);
        fail(eof());
    }

    private void giveUp(MicroException cause) {
        fail(cause);
        tellHandler(cause);
    }

    private void tellHandler(MicroException cause) {
        listener.context().execute(() -> cancellation.cancel(cause));
    }

    @Override
    public void breakOff() {
        fail(eof());
        tellHandler(MemoryTransport.closedError().withoutStackTrace());
    }

    private void fail(MicroException error) {
        if (promise.tryFail(error)) {
            release.run();
        }
    }

    private static MicroException eof() {
        return MicroException.internal("go.micro.client.transport", "EOF").withFault(Fault.BROKEN);
    }
}
