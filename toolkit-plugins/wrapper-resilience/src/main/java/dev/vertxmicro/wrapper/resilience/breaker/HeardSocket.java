package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** Tells a circuit what a node says on a stream, and how it ends it. */
final class HeardSocket implements Socket {
    private static final String WELL = "EOS";

    private final Socket next;
    private final CircuitEnd end;

    HeardSocket(Socket next, CircuitEnd end) {
        this.next = next;
        this.end = end;
        end.opened();
        next.closed().onComplete(closed -> end.accept(closed.cause()));
    }

    @Override
    public Future<Void> send(Message message) {
        return next.send(message);
    }

    @Override
    public Future<Void> end(Metadata trailer) {
        return next.end(trailer);
    }

    /** Giving a stream up is no failure of the node. */
    @Override
    public void reset(MicroException error) {
        end.gaveUp();
        next.reset(error);
    }

    @Override
    public Socket onMessage(Handler<Message> handler) {
        next.onMessage(message -> {
            end.spoke();
            handler.handle(message);
        });
        return this;
    }

    @Override
    public Socket onEnd(Handler<Metadata> handler) {
        next.onEnd(trailer -> {
            String error = trailer.value(Headers.ERROR, "");
            if (!error.isEmpty() && !error.equals(WELL)) {
                end.accept(MicroException.parse(error));
            }
            handler.handle(trailer);
        });
        return this;
    }

    @Override
    public Socket pause() {
        next.pause();
        return this;
    }

    @Override
    public Socket resume() {
        next.resume();
        return this;
    }

    @Override
    public Future<Void> closed() {
        return next.closed();
    }
}
