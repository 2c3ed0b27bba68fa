package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.SocketHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One address of a {@link MemoryTransport}; what runs when it closes has 2 s to end. State is guarded by {@code this}; handlers
 * run on the context that listens.
 */
final class MemoryListener implements Listener {
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);

    private enum State {
        NEW,
        LISTENING,
        CLOSED
    }

    private final MemoryTransport transport;
    private final Set<MemoryExchange> running = new HashSet<>();
    private final Promise<Void> drained = Promise.promise();
    private MemoryAddress address;
    private Executor context = Runnable::run;
    private State state = State.NEW;
    private boolean graceStarted;
    private Timer grace = () -> {};
    private RequestHandler requests = (request, peer, cancellation) ->
            Future.succeededFuture(new Message(Metadata.of(Headers.ERROR, "no handler"), Buffer.buffer()));
    private @Nullable SocketHandler streams;

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
    public synchronized Listener onStream(SocketHandler handler) {
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

    synchronized @Nullable SocketHandler streams() {
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

    void leave(MemoryExchange exchange) {
        synchronized (this) {
            running.remove(exchange);
        }
        checkDrained();
    }

    @Override
    public Future<Void> close() {
        synchronized (this) {
            if (state == State.LISTENING) {
                transport.unbind(address, this);
            }
            state = State.CLOSED;
        }
        checkDrained();
        Promise<Void> promise = transport.timers().promise();
        drained.future().onComplete(promise);
        return promise.future();
    }

    private void checkDrained() {
        synchronized (this) {
            if (state != State.CLOSED) {
                return;
            }
            if (!running.isEmpty()) {
                startGrace();
                return;
            }
            grace.cancel();
        }
        transport.forget(this);
        drained.tryComplete();
    }

    private void startGrace() {
        if (!graceStarted) {
            graceStarted = true;
            grace = transport.timers().schedule(CLOSE_GRACE, this::breakOff);
        }
    }

    /** Closes without the grace. */
    Future<Void> closeNow() {
        Future<Void> closed = close();
        breakOff();
        return closed;
    }

    private void breakOff() {
        List<MemoryExchange> late;
        synchronized (this) {
            late = List.copyOf(running);
        }
        late.forEach(MemoryExchange::breakOff);
    }
}
