package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.engine.BufferContent;
import io.vertx.core.buffer.Buffer;

/** A body of known length of which the rest is still to come. Takes memory for what has come, not for what was announced. */
final class SizedBody {
    private static final int FIRST_BYTES = 32 * 1024;

    private final int length;
    private final Buffer body;

    /** Begins with bytes from {@code start} to {@code end}, fewer than {@code length}. */
    SizedBody(int length, byte[] source, int start, int end) {
        int come = end - start;
        this.length = length;
        this.body =
                Buffer.buffer(Math.min(length, Math.max(FIRST_BYTES, 2 * come))).appendBytes(source, start, come);
    }

    /**
     * Takes what it lacks.
     *
     * @return how much it took
     */
    int add(Buffer chunk) {
        int taken = Math.min(length - body.length(), chunk.length());
        body.appendBuffer(chunk, 0, taken);
        return taken;
    }

    boolean complete() {
        return body.length() == length;
    }

    /** Bytes of memory that it holds. */
    int held() {
        return BufferContent.of(body).capacity();
    }

    Buffer body() {
        return body;
    }
}
