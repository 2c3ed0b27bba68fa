package dev.vertxmicro.broker.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A message as it is sent: one body, and before it the headers in the form of the node's generation. Used on the context of the
 * broker once it is made.
 */
public final class EncodedEvent {
    private final byte[] tail;
    private final Function<Generation, byte[]> write;
    private final Map<Generation, byte[]> heads = new EnumMap<>(Generation.class);
    private final int length;

    /**
     * Makes one.
     *
     * @param tail  the body, and what follows it
     * @param write makes what stands before the body; need not hold the body
     */
    public EncodedEvent(byte[] tail, Function<Generation, byte[]> write) {
        this.tail = tail;
        this.write = write;
        this.length = head(Generation.FIRST).length + tail.length;
    }

    private byte[] head(Generation form) {
        return heads.computeIfAbsent(form, write);
    }

    /** Tells how many bytes it takes, in the form of the first generation. */
    public int length() {
        return length;
    }

    /** Gives what is sent to a node. */
    public ByteBuf content(Generation form) {
        return Unpooled.wrappedBuffer(head(form), tail);
    }
}
