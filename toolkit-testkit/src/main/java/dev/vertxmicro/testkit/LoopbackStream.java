package dev.vertxmicro.testkit;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.server.ServerStream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** The two ends of a stream. */
final class LoopbackStream {
    private final LoopbackPipe<Object> requests = new LoopbackPipe<>();
    private final LoopbackPipe<Object> responses = new LoopbackPipe<>();
    private final Cancellation cancellation;

    LoopbackStream(Cancellation cancellation) {
        this.cancellation = cancellation;
        cancellation.onCancel(() -> endBoth(Future.failedFuture(cancellation.cause())));
    }

    /** Ends the stream as the handler's future did. */
    void answered(AsyncResult<Void> result) {
        Future<Void> end = result.failed() ? Future.failedFuture(result.cause()) : Future.succeededFuture();
        responses.end(end);
        requests.end(Future.succeededFuture());
    }

    private void endBoth(Future<Void> end) {
        requests.end(end);
        responses.end(end);
    }

    ServerStream<Object, Object> serverEnd() {
        return new ServerEnd();
    }

    @SuppressWarnings("unchecked") // the endpoint pairs a handler with the types of its callers
    <Q, R> ClientStream<Q, R> clientEnd() {
        return (ClientStream<Q, R>) new ClientEnd();
    }

    private final class ServerEnd implements ServerStream<Object, Object> {
        @Override
        public Future<Void> send(Object message) {
            return responses.send(message);
        }

        @Override
        public ServerStream<Object, Object> onMessage(Handler<Object> handler) {
            requests.onMessage(handler);
            return this;
        }

        @Override
        public ServerStream<Object, Object> pause() {
            requests.pause();
            return this;
        }

        @Override
        public ServerStream<Object, Object> resume() {
            requests.resume();
            return this;
        }

        @Override
        public Future<Void> ended() {
            return requests.ended();
        }
    }

    private final class ClientEnd implements ClientStream<Object, Object> {
        @Override
        public Future<Void> send(Object message) {
            return requests.send(message);
        }

        @Override
        public Future<Void> end() {
            requests.end(Future.succeededFuture());
            return Future.succeededFuture();
        }

        @Override
        public void cancel(MicroException reason) {
            cancellation.cancel(reason);
        }

        @Override
        public ClientStream<Object, Object> onMessage(Handler<Object> handler) {
            responses.onMessage(handler);
            return this;
        }

        @Override
        public ClientStream<Object, Object> pause() {
            responses.pause();
            return this;
        }

        @Override
        public ClientStream<Object, Object> resume() {
            responses.resume();
            return this;
        }

        @Override
        public Future<Void> ended() {
            return responses.ended();
        }
    }
}
