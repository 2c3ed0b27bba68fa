package dev.vertxmicro.testkit.faults;

import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.SocketHandler;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** A listener whose address is told. */
final class NamedListener implements Listener {
    private final Listener listener;
    private final Consumer<String> listening;

    NamedListener(Listener listener, Consumer<String> listening) {
        this.listener = listener;
        this.listening = listening;
    }

    @Override
    public Listener onRequest(RequestHandler handler) {
        listener.onRequest(handler);
        return this;
    }

    @Override
    public Listener onStream(SocketHandler handler) {
        listener.onStream(handler);
        return this;
    }

    @Override
    public Future<String> listen() {
        return listener.listen().onSuccess(listening::accept);
    }

    @Override
    public Future<Void> drain() {
        return listener.drain();
    }

    @Override
    public Future<Void> close() {
        return listener.close();
    }
}
