package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import io.vertx.core.Handler;

/** Tells a circuit how a stream ended. */
final class GuardedStream<Q, R> extends ForwardingClientStream<Q, R> {
    private final CircuitEnd end;

    GuardedStream(ClientStream<Q, R> next, CircuitEnd end) {
        super(next);
        this.end = end;
        end.opened();
        next.ended().onComplete(done -> end.accept(done.cause()));
    }

    @Override
    public void cancel(MicroException reason) {
        end.gaveUp();
        super.cancel(reason);
    }

    @Override
    public ClientStream<Q, R> onMessage(Handler<R> handler) {
        super.onMessage(message -> {
            end.spoke();
            handler.handle(message);
        });
        return this;
    }
}
