package dev.vertxmicro.transport;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One address of a {@link MemoryTransport}. State is guarded by {@code this}; handlers run on the context that listens.
 */
final class MemoryListener implements Listener {
    private enum State {
        NEW,
        LISTENING,
        CLOSED
    }

    private final MemoryTransport transport;
    private final Set<MemoryExchange> running = new HashSet<>();
    private MemoryAddress address;
    private Executor context = Runnable::run;
    private State state = State.NEW;
    private RequestHandler requests = (request, peer, cancellation) ->
            Future.succeededFuture(new Message(Metadata.of(Headers.ERROR, "no handler"), Buffer.buffer()));
    private @Nullable StreamHandler streams;

    MemoryListener(MemoryTransport transport, MemoryAddress address) {
        this.transport = transport;
        this.address = address;
    }

    @Override
    public synchronized Listener onRequest(RequestHandler handler) {
        requests = handler;
        return this;
    }

    @Override
    public synchronized Listener onStream(StreamHandler handler) {
        streams = handler;
        return this;
    }

    @Override
    public synchronized Future<String> listen() {
        if (state != State.NEW) {
            String why = state == State.CLOSED ? "listener is closed" : "listener listens already";
            return Future.failedFuture(MicroException.internal("go.micro.transport", why));
        }
        context = transport.timers().callerContext();
        try {
            address = transport.bind(address, this);
        } catch (MicroException notBound) {
            transport.forget(this);
            return Future.failedFuture(notBound);
        }
        state = State.LISTENING;
        return Future.succeededFuture(address.toString());
    }

    synchronized Executor context() {
        return context;
    }

    synchronized RequestHandler requests() {
        return requests;
    }

    synchronized @Nullable StreamHandler streams() {
        return streams;
    }

    /**
     * Takes a call or stream, unless it came while the listener went.
     *
     * @return whether it was taken
     */
    synchronized boolean enter(MemoryExchange exchange) {
        return state == State.LISTENING && running.add(exchange);
    }

    synchronized void leave(MemoryExchange exchange) {
        running.remove(exchange);
    }

    @Override
    public Future<Void> close() {
        List<MemoryExchange> broken;
        synchronized (this) {
            if (state == State.LISTENING) {
                transport.unbind(address, this);
            }
            state = State.CLOSED;
            broken = List.copyOf(running);
            running.clear();
        }
        transport.forget(this);
        broken.forEach(MemoryExchange::breakOff);
        return Future.succeededFuture();
    }
}
