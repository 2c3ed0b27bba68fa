package dev.vertxmicro.client.rpc;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Carries nothing: answers by chance, and its sockets obey by chance. */
final class ChaoticTransport implements Transport {
    private final Chaos chaos;
    private final Supplier<Message> answers;
    final List<ChaoticSocket> sockets = new ArrayList<>();

    ChaoticTransport(Chaos chaos, Supplier<Message> answers) {
        this.chaos = chaos;
        this.answers = answers;
    }

    @Override
    public String type() {
        return "chaos";
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        context.cancellation().onCancel(() -> chaos.run(() -> {}));
        return chaos.future(() -> Future.succeededFuture(answers.get()), true);
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        return chaos.future(
                () -> {
                    ChaoticSocket socket = new ChaoticSocket();
                    sockets.add(socket);
                    context.cancellation().onCancel(() -> chaos.run(() -> socket.closed.tryFail("cancelled")));
                    return Future.succeededFuture(socket);
                },
                true);
    }

    @Override
    public Future<Void> probe(String address) {
        return chaos.future(Future::succeededFuture, true);
    }

    @Override
    public Listener listener(String address) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** A socket whose other end the test is. */
    final class ChaoticSocket implements Socket {
        final Promise<Void> closed = Promise.promise();
        private Handler<Message> messages = message -> {};
        private Handler<Metadata> ends = trailer -> {};

        void hear(Message message) {
            messages.handle(message);
        }

        void hearEnd(Metadata trailer) {
            ends.handle(trailer);
        }

        @Override
        public Future<Void> send(Message message) {
            return chaos.future(Future::succeededFuture, true);
        }

        @Override
        public Future<Void> end(Metadata trailer) {
            return chaos.future(Future::succeededFuture, true);
        }

        @Override
        public void reset(MicroException error) {
            chaos.run(() -> closed.tryFail(error));
        }

        @Override
        public Socket onMessage(Handler<Message> handler) {
            messages = handler;
            return this;
        }

        @Override
        public Socket onEnd(Handler<Metadata> handler) {
            chaos.run(() -> ends = handler);
            return this;
        }

        @Override
        public Socket pause() {
            return this;
        }

        @Override
        public Socket resume() {
            return this;
        }

        @Override
        public Future<Void> closed() {
            return closed.future();
        }
    }
}
