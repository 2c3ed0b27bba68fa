package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import io.vertx.core.Future;

/** Two pipes and the two sockets at their ends. */
final class MemoryStream implements MemoryExchange {
    private static final System.Logger LOG = System.getLogger(MemoryStream.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final MemoryListener listener;
    private final MemorySocket client;
    private final MemorySocket server;

    MemoryStream(Timers timers, MemoryListener listener) {
        this.listener = listener;
        MemoryPipe toServer = new MemoryPipe(timers, listener.context());
        MemoryPipe toClient = new MemoryPipe(timers, timers.callerContext());
        client = new MemorySocket(timers, this, toClient, toServer);
        server = new MemorySocket(timers, this, toServer, toClient);
    }

    Future<Socket> start(Message first, Peer peer, Cancellation caller) {
        SocketHandler handler = listener.streams();
        if (handler == null) {
            return Future.failedFuture(MicroException.notImplemented("go.micro.client", "streams at " + peer.local()));
        }
        if (!listener.enter(this)) {
            return Future.failedFuture(MemoryTransport.refused(peer.local()));
        }
        Runnable unhook = caller.onCancel(() -> client.reset(caller.cause()));
        client.end().onComplete(left -> server.end().onComplete(right -> {
            unhook.run();
            listener.leave(this);
        }));
        listener.context().execute(() -> serve(handler, first, peer));
        return Future.succeededFuture(client);
    }

    private void serve(SocketHandler handler, Message first, Peer peer) {
        try {
            handler.handle(first, server, peer);
        } catch (Throwable e) {
            failed(server, e);
        }
    }

    /** A handler at this end threw. */
    void failed(MemorySocket end, Throwable failure) {
        FAILED.error("memory: stream handler failed", failure);
        end.reset(MicroException.internal("go.micro.transport", "stream handler failed")
                .withoutStackTrace());
    }

    /**
     * Ends both directions.
     *
     * @param by the end that resets
     * @param error what it says; the other end sees it as remote
     */
    void reset(MemorySocket by, MicroException error) {
        MicroException told = MicroException.parse(error.text());
        by.abort(error);
        (by == client ? server : client).abort(told);
    }

    void ended() {
        client.checkEnd();
        server.checkEnd();
    }

    @Override
    public void breakOff() {
        MicroException gone = MemoryTransport.closedError().withoutStackTrace();
        client.abort(gone.withFault(Fault.BROKEN));
        server.abort(gone);
    }
}
