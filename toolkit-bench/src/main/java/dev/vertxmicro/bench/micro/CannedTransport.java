package dev.vertxmicro.bench.micro;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Answers every request with the same message, at once, and keeps the handler of its listener: no wire, no threads. */
final class CannedTransport implements Transport, Listener {
    private final Future<Message> answer;
    private @Nullable RequestHandler handler;

    CannedTransport(Message answer) {
        this.answer = Future.succeededFuture(answer);
    }

    RequestHandler handler() {
        if (handler == null) {
            throw new IllegalStateException("handler: none (expected: a started server)");
        }
        return handler;
    }

    @Override
    public String type() {
        return "canned";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        return answer;
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        throw new UnsupportedOperationException("streams");
    }

    @Override
    public Future<Void> probe(String address) {
        return Future.succeededFuture();
    }

    @Override
    public Listener listener(String address) {
        return this;
    }

    @Override
    public Listener onRequest(RequestHandler requestHandler) {
        handler = requestHandler;
        return this;
    }

    @Override
    public Listener onStream(SocketHandler streamHandler) {
        return this;
    }

    @Override
    public Future<String> listen() {
        return Future.succeededFuture("127.0.0.1:1");
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
