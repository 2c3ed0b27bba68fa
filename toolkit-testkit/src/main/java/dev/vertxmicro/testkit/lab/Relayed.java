package dev.vertxmicro.testkit.lab;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection that passes through a relay. Belongs to the relay's thread. */
final class Relayed {
    private static final int BYTES = 64 * 1024;

    private final Way there;
    private final Way back;

    private Relayed(SocketChannel a, SelectionKey keyA, SocketChannel b, SelectionKey keyB) {
        this.there = new Way(a, keyA, b);
        this.back = new Way(b, keyB, a);
    }

    /** Relays between two connections until one is broken or both have ended. */
    static void connect(Selector selector, SocketChannel a, SocketChannel b) throws IOException {
        a.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
        b.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
        SelectionKey keyA = a.register(selector, SelectionKey.OP_READ);
        SelectionKey keyB = b.register(selector, SelectionKey.OP_READ);
        Relayed relayed = new Relayed(a, keyA, b, keyB);
        keyA.attach(relayed);
        keyB.attach(relayed);
    }

    /** Lets pass what can. */
    void pump() {
        try {
            there.pump();
            back.pump();
            if (there.ended && back.ended) {
                closeBoth();
            } else {
                there.key.interestOps(there.reading() | back.writing());
                back.key.interestOps(back.reading() | there.writing());
            }
        } catch (IOException | RuntimeException broken) {
            closeBoth();
        }
    }

    private void closeBoth() {
        close(there.from);
        close(back.from);
    }

    /** Closes one end so that the other side hears of a reset. */
    static void reset(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException gone) {
            // closed already
        }
        close(channel);
    }

    static void close(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot be closed", e);
        }
    }

    /** One direction. */
    private static final class Way {
        private final SocketChannel from;
        private final SelectionKey key;
        private final SocketChannel to;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
        private boolean last;
        private boolean ended;

        Way(SocketChannel from, SelectionKey key, SocketChannel to) {
            this.from = from;
            this.key = key;
            this.to = to;
        }

        void pump() throws IOException {
            if (!last && from.read(buffer) < 0) {
                last = true;
            }
            buffer.flip();
            to.write(buffer);
            buffer.compact();
            if (last && !ended && buffer.position() == 0) {
                ended = true;
                to.shutdownOutput();
            }
        }

        int reading() {
            return !last && buffer.hasRemaining() ? SelectionKey.OP_READ : 0;
        }

        int writing() {
            return buffer.position() > 0 ? SelectionKey.OP_WRITE : 0;
        }
    }
}
