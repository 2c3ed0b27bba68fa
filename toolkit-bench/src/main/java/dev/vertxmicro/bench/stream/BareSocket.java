package dev.vertxmicro.bench.stream;

import dev.vertxmicro.bench.measure.Loop;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A NetSocket that carries the same bytes, one write a message or many messages a write, waiting when its queue is full; nobody looks at them. */
final class BareSocket {
    private final Loop clientLoop = Loop.unwatched();
    private final int port;
    private final long bytes;

    private BareSocket(int port, long bytes) {
        this.port = port;
        this.bytes = bytes;
    }

    /**
     * Starts the server.
     *
     * @param message the bytes of one
     * @param count   how many of them
     * @param batch   how many a write; {@code count} is a multiple of it
     */
    static BareSocket start(Buffer message, long count, int batch) throws Exception {
        Loop loop = Loop.unwatched();
        Buffer frame = Buffer.buffer();
        for (int i = 0; i < batch; i++) {
            frame.appendBuffer(message);
        }
        NetServer server = loop.await(() -> loop.vertx()
                .createNetServer()
                .connectHandler(socket -> new Writer(socket, frame, count / batch).go())
                .listen(0, "127.0.0.1"));
        return new BareSocket(server.actualPort(), count * message.length());
    }

    private static final class Writer {
        private final NetSocket socket;
        private final Buffer frame;
        private long left;

        Writer(NetSocket socket, Buffer frame, long count) {
            this.socket = socket;
            this.frame = frame;
            left = count;
            socket.drainHandler(drained -> go());
        }

        void go() {
            while (left > 0 && !socket.writeQueueFull()) {
                left--;
                socket.write(frame);
            }
            if (left == 0) {
                left = -1;
                socket.end();
            }
        }
    }

    /** Receives all; gives the nanoseconds from the connect to the end. */
    long receive() throws Exception {
        long start = System.nanoTime();
        long[] received = {0};
        clientLoop.await(() -> {
            Promise<Void> end = Promise.promise();
            clientLoop
                    .vertx()
                    .createNetClient()
                    .connect(port, "127.0.0.1")
                    .onFailure(end::fail)
                    .onSuccess(socket -> {
                        socket.handler(buffer -> received[0] += buffer.length());
                        socket.endHandler(end::tryComplete);
                    });
            return end.future();
        });
        if (received[0] != bytes) {
            throw new IllegalStateException(received[0] + " bytes (expected: " + bytes + ")");
        }
        return System.nanoTime() - start;
    }
}
