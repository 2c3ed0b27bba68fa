package dev.vertxmicro.broker.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is sent: in the form of the first generation, and for nodes of the later one with other headers before the same
 * body. Used on the context of the broker once it is made.
 */
final class Envelope {
    private final byte[] first;
    private final int split;
    private final Supplier<byte[]> headers;
    private byte @Nullable [] later;

    /**
     * Makes one.
     *
     * @param first   the message in the form of the first generation
     * @param split   where the body begins in it
     * @param headers makes what stands before the body in the later form
     */
    Envelope(byte[] first, int split, Supplier<byte[]> headers) {
        this.first = first;
        this.split = split;
        this.headers = headers;
    }

    /** Tells how many bytes it takes. */
    int length() {
        return first.length;
    }

    /** Gives what is sent to a node. */
    ByteBuf content(Generation generation) {
        if (generation == Generation.FIRST) {
            return Unpooled.wrappedBuffer(first);
        }
        byte[] before = later;
        if (before == null) {
            before = headers.get();
            later = before;
        }
        return Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(before), Unpooled.wrappedBuffer(first, split, first.length - split));
    }
}
