package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.transport.http.wire.FrameException;
import io.vertx.core.buffer.Buffer;

/** Puts a chunked body together. Go sends its empty bodies so; trailers are read over. */
final class ChunkedBody {
    private static final int MAX_LINE = 4096;

    private enum State {
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        COMPLETE
    }

    private final int maxBytes;
    private final Buffer body = Buffer.buffer();
    private State state = State.SIZE;
    private int left;

    ChunkedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes what it can.
     *
     * @return where it stopped
     * @throws FrameException if the body is malformed or beyond the limit
     */
    int feed(byte[] bytes, int start, int end) throws FrameException {
        int at = start;
        while (state != State.COMPLETE) {
            if (state == State.DATA) {
                int taken = Math.min(left, end - at);
                body.appendBytes(bytes, at, taken);
                at += taken;
                left -= taken;
                if (left > 0) {
                    return at;
                }
                state = State.DATA_END;
            }
            int lineEnd = lineEnd(bytes, at, end);
            if (lineEnd < 0) {
                return at;
            }
            line(bytes, at, lineEnd - 2);
            at = lineEnd;
        }
        return at;
    }

    private static int lineEnd(byte[] bytes, int start, int end) throws FrameException {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                if (i == start || bytes[i - 1] != '\r') {
                    throw new FrameException("chunk line that does not end with CR LF");
                }
                return i + 1;
            }
        }
        if (end - start > MAX_LINE) {
            throw new FrameException("chunk line exceeds " + MAX_LINE + " bytes");
        }
        return -1;
    }

    private void line(byte[] bytes, int from, int to) throws FrameException {
        switch (state) {
            case SIZE -> {
                left = size(bytes, from, to);
                if ((long) body.length() + left > maxBytes) {
                    throw FrameException.tooLarge(maxBytes);
                }
                state = left == 0 ? State.TRAILER : State.DATA;
            }
            case DATA_END -> {
                if (to > from) {
                    throw new FrameException("chunk longer than its size");
                }
                state = State.SIZE;
            }
            default -> state = to == from ? State.COMPLETE : State.TRAILER;
        }
    }

    private static int size(byte[] bytes, int from, int to) throws FrameException {
        int value = 0;
        int at = from;
        for (; at < to && bytes[at] != ';' && bytes[at] != ' '; at++) {
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0 || at - from >= 7) {
                throw new FrameException("malformed chunk size");
            }
            value = value * 16 + digit;
        }
        if (at == from) {
            throw new FrameException("empty chunk size");
        }
        return value;
    }

    boolean complete() {
        return state == State.COMPLETE;
    }

    /** Bytes of memory that it holds, about. */
    long held() {
        return 2L * body.length();
    }

    Buffer body() {
        return body;
    }
}
