package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.http.wire.DialFailure;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import dev.vertxmicro.transport.http.wire.SilenceWatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Connects for a stream of a caller and sends its first message. Runs on the context of the caller. */
public final class HttpOpening {
    private static final AtomicLong IDS = new AtomicLong();

    private final String address;
    private final ContextInternal context;
    private final Promise<Socket> promise;
    private final CallerConnection connection;
    private volatile boolean dialing;
    private Runnable unhook = () -> {};

    /**
     * Makes an opening, which is to be started.
     *
     * @param address of the server
     * @param context of the caller
     * @param limits  of what comes
     * @param keepAlive how a connection is noticed that leads nowhere
     * @param budget  counts what waits
     * @param first   opens the stream
     */
    public HttpOpening(
            String address,
            ContextInternal context,
            MessageLimits limits,
            SilenceWatch.Means keepAlive,
            MemoryBudget budget,
            Message first) {
        this.address = address;
        this.context = context;
        this.promise = context.promise();
        Metadata given = first.headers();
        Metadata base = given.contains(Headers.STREAM)
                ? given
                : given.with(Headers.STREAM, given.value(Headers.ID, "s" + IDS.getAndIncrement()));
        this.connection = new CallerConnection(
                address, context, limits, keepAlive, budget, new Message(base, first.body()), this::unhook);
    }

    private void unhook() {
        unhook.run();
    }

    /** Connects on the context of the caller: heard of later, the first bytes of the server would come before their handler. */
    public Future<Socket> start(Supplier<Future<NetSocket>> connect, Cancellation cancellation) {
        if (cancellation.isCancelled()) {
            cancel(cancellation.cause());
        }
        unhook = cancellation.onCancel(() -> cancel(cancellation.cause()));
        dialing = !cancellation.isCancelled();
        context.emit(connect, this::dial);
        return promise.future();
    }

    private void dial(Supplier<Future<NetSocket>> connect) {
        try {
            connect.get().onComplete(this::connected, this::notConnected);
        } catch (Throwable e) {
            notConnected(e);
        }
    }

    private void cancel(MicroException cause) {
        promise.tryFail(dialing ? cause.withFault(Fault.UNREACHABLE) : cause);
        connection.stream().reset(cause);
    }

    private void connected(NetSocket made) {
        if (promise.future().isComplete()) {
            made.close();
            return;
        }
        try {
            Future<Void> sent = connection.begin(made);
            if (sent.succeeded() || !sent.isComplete()) {
                promise.tryComplete(connection.stream());
                return;
            }
            promise.tryFail(sent.cause());
        } catch (IllegalArgumentException e) {
            promise.tryFail(MicroException.internal("go.micro.client", "metadata: " + e.getMessage())
                    .withFault(Fault.CALLER));
        } catch (Throwable e) {
            promise.tryFail(MicroException.internal("go.micro.client", "stream not opened: " + e)
                    .withCause(e)
                    .withFault(Fault.CALLER));
        }
        unhook();
        made.close();
    }

    private void notConnected(Throwable cause) {
        unhook();
        promise.tryFail(DialFailure.of(address, cause));
    }
}
