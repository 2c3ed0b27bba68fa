package dev.vertxmicro.bench.stream;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A NetSocket that carries the same bytes, one write a message, waiting when its queue is full; nobody looks at them. */
final class BareSocket {
    private final Loop clientLoop = new Loop();
    private final int port;
    private final int frameBytes;

    private BareSocket(int port, int frameBytes) {
        this.port = port;
        this.frameBytes = frameBytes;
    }

    static BareSocket start(Buffer frame, long count) throws Exception {
        Loop loop = new Loop();
        NetServer server = loop.await(() -> loop.vertx
                .createNetServer()
                .connectHandler(socket -> new Writer(socket, frame, count).go())
                .listen(0, "127.0.0.1"));
        return new BareSocket(server.actualPort(), frame.length());
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
    long receive(long count) throws Exception {
        long start = System.nanoTime();
        long[] bytes = {0};
        clientLoop.await(() -> {
            Promise<Void> end = Promise.promise();
            clientLoop
                    .vertx
                    .createNetClient()
                    .connect(port, "127.0.0.1")
                    .onFailure(end::fail)
                    .onSuccess(socket -> {
                        socket.handler(buffer -> bytes[0] += buffer.length());
                        socket.endHandler(end::tryComplete);
                    });
            return end.future();
        });
        if (bytes[0] != count * frameBytes) {
            throw new IllegalStateException(bytes[0] + " bytes (expected: " + count * frameBytes + ")");
        }
        return System.nanoTime() - start;
    }
}
