package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls an address, from the context of the caller, until two calls at once come by one connection; only then the first call of a
 * test goes there. The handlers of the test see none of those calls.
 */
public final class WarmedTransport implements Transport {
    private static final String WARM = "Warm-Up";
    private static final int TRIES = 200;

    private record Way(Context from, String to) {}

    private final Vertx vertx;
    private final Transport transport;
    private final Map<Way, Future<Void>> warm = new ConcurrentHashMap<>();

    public WarmedTransport(Vertx vertx, Transport transport) {
        this.vertx = vertx;
        this.transport = transport;
    }

    @Override
    public String type() {
        return transport.type();
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        Way way = new Way(vertx.getOrCreateContext(), address);
        Future<Void> warmed = warm.computeIfAbsent(way, cold -> warm(address, TRIES));
        return warmed.isComplete()
                ? transport.request(address, request, context)
                : warmed.transform(done -> transport.request(address, request, context));
    }

    private Future<Void> warm(String address, int tries) {
        if (tries == 0) {
            return Future.failedFuture(new AssertionError("calls to " + address + " are not multiplexed"));
        }
        return Future.all(ask(address), ask(address)).compose(both -> {
            Metadata one = both.<Message>resultAt(0).headers();
            Metadata other = both.<Message>resultAt(1).headers();
            return one.equals(other) ? Future.succeededFuture() : warm(address, tries - 1);
        });
    }

    private Future<Message> ask(String address) {
        return transport
                .request(address, new Message(Metadata.of(WARM, "1"), Buffer.buffer()), CallContext.create())
                .map(answer -> new Message(Metadata.of(WARM, answer.headers().value(WARM, "")), answer.body()));
    }

    /** Waits until an address is called on one connection. */
    Future<Void> warm(String address) {
        return warm.computeIfAbsent(new Way(vertx.getOrCreateContext(), address), cold -> warm(address, TRIES));
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        return transport.open(address, first, context);
    }

    @Override
    public Future<Void> probe(String address) {
        return transport.probe(address);
    }

    @Override
    public Listener listener(String address) {
        return new WarmedListener(transport.listener(address));
    }

    @Override
    public Future<Void> close() {
        return transport.close();
    }

    private record WarmedListener(Listener listener) implements Listener {

        @Override
        public Listener onRequest(RequestHandler handler) {
            listener.onRequest(
                    (request, peer, cancellation) -> request.headers().contains(WARM)
                            ? Future.succeededFuture(new Message(Metadata.of(WARM, peer.remote()), Buffer.buffer()))
                            : handler.handle(request, peer, cancellation));
            return this;
        }

        @Override
        public Listener onStream(SocketHandler handler) {
            listener.onStream(handler);
            return this;
        }

        @Override
        public Future<String> listen() {
            return listener.listen();
        }

        @Override
        public Future<Void> close() {
            return listener.close();
        }
    }
}
