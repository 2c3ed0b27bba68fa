package dev.vertxmicro.codec.json;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;

/** Lets a library that writes to a stream write to a buffer. */
final class BufferOutput extends OutputStream {
    private final Buffer buffer = Buffer.buffer(256);

    Buffer buffer() {
        return buffer;
    }

    @Override
    public void write(int b) {
        buffer.appendByte((byte) b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        buffer.appendBytes(bytes, offset, length);
    }
}
