package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;

/** One end of a {@link MemoryStream}: reads from one pipe, writes to the other. */
final class MemorySocket implements Socket {
    private final Timers timers;
    private final MemoryStream stream;
    private final MemoryPipe in;
    private final MemoryPipe out;
    private final Promise<Void> end = Promise.promise();

    MemorySocket(Timers timers, MemoryStream stream, MemoryPipe in, MemoryPipe out) {
        this.timers = timers;
        this.stream = stream;
        this.in = in;
        this.out = out;
        in.attach(stream::ended, failure -> stream.failed(this, failure));
    }

    @Override
    public Future<Void> send(Message message) {
        return out.send(message);
    }

    @Override
    public Future<Void> end(Metadata trailer) {
        Future<Void> sent = out.end(trailer);
        stream.ended();
        return sent;
    }

    @Override
    public void reset(MicroException error) {
        stream.reset(this, error);
    }

    @Override
    public Socket onMessage(Handler<Message> handler) {
        in.inbox().onMessage(handler);
        return this;
    }

    @Override
    public Socket onEnd(Handler<Metadata> handler) {
        in.inbox().onEnd(handler);
        return this;
    }

    @Override
    public Socket pause() {
        in.inbox().pause();
        return this;
    }

    @Override
    public Socket resume() {
        in.inbox().resume();
        return this;
    }

    @Override
    public Future<Void> closed() {
        Promise<Void> promise = timers.promise();
        end.future().onComplete(promise);
        return promise.future();
    }

    /** The same as {@link #closed()}, on whichever thread. */
    Future<Void> end() {
        return end.future();
    }

    void checkEnd() {
        if (out.endSent() && in.inbox().endReceived()) {
            end.tryComplete();
        }
    }

    void abort(MicroException error) {
        end.tryFail(error);
        out.abort(error);
    }
}
