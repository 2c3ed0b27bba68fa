package dev.vertxmicro.testkit.faults;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/** The caller's end of a stream on a {@link FaultyNetwork}. Messages keep their order, whatever each is held up by. */
final class FaultySocket implements Socket {
    private final Socket socket;
    private final FaultyNetwork network;
    private final Supplier<LinkFaults> link;
    private final Promise<Void> closed;
    private final Queue<Runnable> sending = new ArrayDeque<>();
    private final Queue<Runnable> reading = new ArrayDeque<>();
    private boolean paused;

    FaultySocket(Socket socket, FaultyNetwork network, Supplier<LinkFaults> link) {
        this.socket = socket;
        this.network = network;
        this.link = link;
        this.closed = network.timers().promise();
        socket.closed().onComplete(closed::tryComplete, closed::tryFail);
    }

    /** What is dropped counts as sent: nobody says otherwise. */
    @Override
    public Future<Void> send(Message message) {
        Promise<Void> sent = network.timers().promise();
        queue(
                sending,
                () -> network.later(link.get(), () -> {
                    LinkFaults faults = link.get();
                    if (faults.blackHole()) {
                        sent.complete();
                    } else {
                        socket.send(message).onComplete(sent);
                        breakOff(faults);
                    }
                    next(sending);
                }));
        return sent.future();
    }

    @Override
    public Future<Void> end(Metadata trailer) {
        Promise<Void> sent = network.timers().promise();
        queue(
                sending,
                () -> network.later(link.get(), () -> {
                    if (link.get().blackHole()) {
                        sent.complete();
                    } else {
                        socket.end(trailer).onComplete(sent);
                    }
                    next(sending);
                }));
        return sent.future();
    }

    private void breakOff(LinkFaults faults) {
        if (network.happens(faults.reset())) {
            closed.tryFail(FaultyTransport.reset());
            socket.reset(FaultyTransport.reset());
        }
    }

    /** Behind a black hole the other end hears nothing of it; this one has ended. */
    @Override
    public void reset(MicroException error) {
        if (link.get().blackHole()) {
            closed.tryFail(error);
        } else {
            socket.reset(error);
        }
    }

    @Override
    public Socket onMessage(Handler<Message> handler) {
        socket.onMessage(message -> arrived(() -> handler.handle(message)));
        return this;
    }

    @Override
    public Socket onEnd(Handler<Metadata> handler) {
        socket.onEnd(trailer -> arrived(() -> handler.handle(trailer)));
        return this;
    }

    /** A slow reader holds its writer up: nothing is read while a message waits. */
    private void arrived(Runnable reader) {
        socket.pause();
        queue(
                reading,
                () -> network.later(
                        link.get(),
                        () -> network.after(link.get().slowReader(), () -> {
                            if (!link.get().blackHole()) {
                                reader.run();
                            }
                            next(reading);
                            if (reading.isEmpty() && !paused) {
                                socket.resume();
                            }
                        })));
    }

    /** Runs what is at the head; {@link #next} goes on. */
    private static void queue(Queue<Runnable> queue, Runnable step) {
        queue.add(step);
        if (queue.size() == 1) {
            step.run();
        }
    }

    private static void next(Queue<Runnable> queue) {
        queue.remove();
        Runnable step = queue.peek();
        if (step != null) {
            step.run();
        }
    }

    @Override
    public Socket pause() {
        paused = true;
        socket.pause();
        return this;
    }

    @Override
    public Socket resume() {
        paused = false;
        if (reading.isEmpty()) {
            socket.resume();
        }
        return this;
    }

    @Override
    public Future<Void> closed() {
        return closed.future();
    }
}
