package dev.vertxmicro.transport.http;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a stream connection into HTTP messages. A head that differs from the one before in nothing but its length,
 * as most heads of a stream do, is compared and not parsed. Not for concurrent use.
 */
final class FrameReader {

    /** Takes the messages. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes one message.
         *
         * @param head its start line and headers
         * @param body its body, shared with nobody
         */
        void frame(FrameHead head, Buffer body);
    }

    private static final int KEEP_BYTES = 128 * 1024;

    private final int maxHeaderBytes;
    private final int maxMessageBytes;
    private final Sink sink;
    private byte[] bytes = new byte[8 * 1024];
    private int start;
    private int end;
    private int searched;
    private @Nullable FrameHead head;
    private @Nullable ChunkedBody chunked;

    private byte[] knownBytes = new byte[0];
    private int knownDigitsFrom;
    private int knownDigitsTo;
    private @Nullable FrameHead known;

    FrameReader(int maxHeaderBytes, int maxMessageBytes, Sink sink) {
        this.maxHeaderBytes = maxHeaderBytes;
        this.maxMessageBytes = maxMessageBytes;
        this.sink = sink;
    }

    /**
     * Takes bytes as they came.
     *
     * @param chunk the bytes; may be used again after the call
     * @throws FrameException if they are no message within the limits
     */
    void feed(Buffer chunk) throws FrameException {
        int length = chunk.length();
        makeRoom(length);
        chunk.getBytes(bytes, end);
        end += length;
        boolean more = true;
        while (more) {
            more = head == null ? readHead() : readBody(head);
        }
    }

    /** Tells whether part of a message has come and the rest has not. */
    boolean inside() {
        return head != null || end > start;
    }

    private void makeRoom(int length) {
        int used = end - start;
        if (start > 0 && (used == 0 || end + length > bytes.length)) {
            System.arraycopy(bytes, start, bytes, 0, used);
            searched = Math.max(0, searched - start);
            start = 0;
            end = used;
        }
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + length));
        } else if (used + length < KEEP_BYTES && bytes.length > 2 * KEEP_BYTES) {
            bytes = Arrays.copyOf(bytes, KEEP_BYTES);
        }
    }

    private boolean readHead() throws FrameException {
        if (readKnownHead()) {
            return true;
        }
        int headEnd = findHeadEnd();
        if ((headEnd < 0 ? end : headEnd) - start > maxHeaderBytes) {
            throw new FrameException("headers exceed " + maxHeaderBytes + " bytes");
        }
        if (headEnd < 0) {
            return false;
        }
        HeadParser parser = new HeadParser(bytes, start, headEnd);
        FrameHead parsed = parser.parse();
        if (parser.digitsFrom() >= 0) {
            known = parsed;
            knownBytes = Arrays.copyOfRange(bytes, start, headEnd);
            knownDigitsFrom = parser.digitsFrom() - start;
            knownDigitsTo = parser.digitsTo() - start;
        }
        begin(parsed, headEnd);
        return true;
    }

    private void begin(FrameHead next, int headEnd) throws FrameException {
        if (next.length() > maxMessageBytes) {
            throw tooLarge();
        }
        head = next;
        start = headEnd;
        searched = headEnd;
        chunked = next.chunked() ? new ChunkedBody(maxMessageBytes) : null;
    }

    private FrameException tooLarge() {
        return new FrameException("message exceeds " + maxMessageBytes + " bytes");
    }

    /** Compares with the head before; false if it is another or has not come as a whole. */
    private boolean readKnownHead() throws FrameException {
        FrameHead before = known;
        int from = start + knownDigitsFrom;
        if (before == null
                || end < start + knownBytes.length
                || !Arrays.equals(bytes, start, from, knownBytes, 0, knownDigitsFrom)) {
            return false;
        }
        int to = from;
        while (to < end && bytes[to] >= '0' && bytes[to] <= '9') {
            to++;
        }
        int rest = knownBytes.length - knownDigitsTo;
        if (to + rest > end || !Arrays.equals(bytes, to, to + rest, knownBytes, knownDigitsTo, knownBytes.length)) {
            return false;
        }
        int length = HeadParser.digits(bytes, from, to);
        if (length < 0) {
            return false;
        }
        begin(before.withLength(length), to + rest);
        return true;
    }

    private int findHeadEnd() {
        for (int i = Math.max(searched, start + 3); i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        searched = end;
        return -1;
    }

    private boolean readBody(FrameHead current) throws FrameException {
        ChunkedBody pieces = chunked;
        if (pieces != null) {
            start = pieces.feed(bytes, start, end);
            searched = start;
            if (!pieces.complete()) {
                return false;
            }
            deliver(current, pieces.body());
            return end > start;
        }
        int length = current.length();
        if (end - start < length) {
            return false;
        }
        Buffer body = Buffer.buffer(Arrays.copyOfRange(bytes, start, start + length));
        start += length;
        searched = start;
        deliver(current, body);
        return end > start;
    }

    private void deliver(FrameHead current, Buffer body) {
        head = null;
        chunked = null;
        sink.frame(current, body);
    }
}
