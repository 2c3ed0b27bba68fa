package dev.vertxmicro.transport;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Remembers what is sent and lets the test answer. */
public final class ScriptedTransport implements Transport {

    /** One attempt, answered by completing its promise. */
    public record Attempt(String address, Message message, CallContext context, Promise<Message> answer) {}

    public final List<Attempt> attempts = new ArrayList<>();
    public RequestHandler handler = (request, peer, cancellation) -> Future.failedFuture("not listening");
    public boolean listening;
    /** Whether peers were told to go, and what comes of that. */
    public boolean drained;

    public Future<Void> drain = Future.succeededFuture();
    public Future<Socket> opened = Future.failedFuture("no streams");
    public Future<String> listen = Future.succeededFuture("127.0.0.1:9090");

    public ScriptedTransport() {}

    public Attempt last() {
        return attempts.get(attempts.size() - 1);
    }

    @Override
    public String type() {
        return "scripted";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        Attempt attempt = new Attempt(address, request, context, Promise.promise());
        attempts.add(attempt);
        return attempt.answer().future();
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        return opened;
    }

    @Override
    public Future<Void> probe(String address) {
        return Future.failedFuture("nobody listens");
    }

    @Override
    public Listener listener(String address) {
        return new Listener() {
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
                listening = listen.succeeded();
                return listen;
            }

            @Override
            public Future<Void> drain() {
                drained = true;
                return drain;
            }

            @Override
            public Future<Void> close() {
                listening = false;
                return Future.succeededFuture();
            }
        };
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
