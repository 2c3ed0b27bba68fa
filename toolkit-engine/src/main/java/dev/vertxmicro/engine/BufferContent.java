package dev.vertxmicro.engine;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** What Vert.x's buffers hold, without a copy: the one place that knows. */
public final class BufferContent {
    private BufferContent() {}

    /**
     * Shows the content of a buffer.
     *
     * @param buffer any buffer
     * @return a view, whose indices may be moved
     */
    public static ByteBuf of(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf();
    }

    /**
     * Makes a buffer of bytes.
     *
     * @param bytes given away; their first must be at index 0
     * @return the buffer
     */
    public static Buffer wrap(ByteBuf bytes) {
        return BufferInternal.buffer(bytes);
    }
}
