package dev.vertxmicro.verticle.streams;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** A stream to a handler that was found by its address, as a client's is. */
public final class SocketStream implements ClientStream<Buffer, Buffer> {
    private final Socket socket;
    private final Promise<Void> ended = Promise.promise();

    /**
     * Makes it.
     *
     * @param socket this side's end
     */
    public SocketStream(Socket socket) {
        this.socket = socket;
        socket.onEnd(this::end);
        socket.closed().onFailure(ended::tryFail);
    }

    private void end(Metadata trailer) {
        String error = trailer.value(Headers.ERROR, "");
        if (error.isEmpty()) {
            ended.tryComplete();
        } else {
            ended.tryFail(MicroException.parse(error));
        }
        socket.end(Metadata.EMPTY);
    }

    @Override
    public Future<Void> send(Buffer message) {
        return socket.send(new Message(Metadata.EMPTY, message));
    }

    @Override
    public Future<Void> end() {
        return socket.end(Metadata.EMPTY);
    }

    @Override
    public void cancel(MicroException reason) {
        socket.reset(reason);
    }

    @Override
    public ClientStream<Buffer, Buffer> onMessage(Handler<Buffer> handler) {
        socket.onMessage(message -> handler.handle(message.body()));
        return this;
    }

    @Override
    public ClientStream<Buffer, Buffer> pause() {
        socket.pause();
        return this;
    }

    @Override
    public ClientStream<Buffer, Buffer> resume() {
        socket.resume();
        return this;
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }
}
