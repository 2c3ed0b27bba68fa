package dev.vertxmicro.verticle.streams;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/**
 * The end of a stream to a plain handler, who gets the messages without what a client writes beside each.
 *
 * @param socket the end that it goes by
 */
public record HandlerSocket(Socket socket) implements Socket {

    @Override
    public Future<Void> send(Message message) {
        return socket.send(new Message(Metadata.EMPTY, message.body()));
    }

    @Override
    public Future<Void> end(Metadata trailer) {
        return socket.end(Metadata.EMPTY);
    }

    @Override
    public void reset(MicroException error) {
        socket.reset(error);
    }

    @Override
    public Socket onMessage(Handler<Message> handler) {
        socket.onMessage(handler);
        return this;
    }

    @Override
    public Socket onEnd(Handler<Metadata> handler) {
        socket.onEnd(handler);
        return this;
    }

    @Override
    public Socket pause() {
        socket.pause();
        return this;
    }

    @Override
    public Socket resume() {
        socket.resume();
        return this;
    }

    @Override
    public Future<Void> closed() {
        return socket.closed();
    }
}
