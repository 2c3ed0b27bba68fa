package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands messages over by reference, between those who share this object (go-micro {@code transport/memory}). Only the threads
 * change: handlers run on the listener's context, futures call back on the caller's.
 */
public final class MemoryTransport implements Transport {
    private final Timers timers;
    private final MemoryPorts ports = new MemoryPorts();
    private final Set<MemoryListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** As {@link Transport#inMemory}. */
    public MemoryTransport(Timers timers) {
        this.timers = timers;
    }

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        try {
            MemoryListener listener = dial(address, context);
            MemoryCall call = new MemoryCall(listener, timers.promise(), request, peer(address));
            return call.start(context.cancellation());
        } catch (MicroException refused) {
            return Future.failedFuture(refused);
        }
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        try {
            MemoryListener listener = dial(address, context);
            return new MemoryStream(timers, listener).start(first, peer(address), context.cancellation());
        } catch (MicroException refused) {
            return Future.failedFuture(refused);
        }
    }

    @Override
    public Future<Void> probe(String address) {
        try {
            dial(address, CallContext.create());
            return Future.succeededFuture();
        } catch (MicroException refused) {
            return Future.failedFuture(refused);
        }
    }

    /** Finds who listens, or throws what the caller's future fails with. */
    private MemoryListener dial(String address, CallContext context) {
        if (closed) {
            throw closedError();
        }
        if (context.cancellation().isCancelled()) {
            throw context.cancellation().cause();
        }
        try {
            return ports.find(MemoryAddress.parse(address)).orElseThrow(() -> refused(address));
        } catch (IllegalArgumentException malformed) {
            throw MicroException.internal("go.micro.client", "connection error: " + malformed.getMessage())
                    .withFault(Fault.UNREACHABLE)
                    .asRetryable();
        }
    }

    static MicroException refused(String address) {
        return MicroException.internal(
                        "go.micro.client", "connection error: dial memory " + address + ": connection refused")
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    static MicroException closedError() {
        return MicroException.internal("go.micro.transport", "transport is closed")
                .withFault(Fault.CALLER);
    }

    private static Peer peer(String address) {
        return new Peer("127.0.0.1:0", address);
    }

    @Override
    public Listener listener(String address) {
        return new MemoryListener(this, MemoryAddress.parse(address));
    }

    Timers timers() {
        return timers;
    }

    /** Enters a listener, unless the transport is closed. */
    MemoryAddress bind(MemoryAddress address, MemoryListener listener) {
        listeners.add(listener);
        if (closed) {
            listeners.remove(listener);
            throw closedError();
        }
        return ports.bind(address, listener);
    }

    void unbind(MemoryAddress address, MemoryListener listener) {
        ports.unbind(address, listener);
    }

    void forget(MemoryListener listener) {
        listeners.remove(listener);
    }

    @Override
    public Future<Void> close() {
        closed = true;
        Future<Void> all = Future.succeededFuture();
        for (MemoryListener listener : listeners) {
            Future<Void> gone = listener.closeNow();
            all = all.compose(done -> gone);
        }
        return all;
    }
}
