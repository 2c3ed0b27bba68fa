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
    private @Nullable SizedBody sized;
    private boolean failed;
    private long frames;

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
     * Takes bytes as they came. After it threw, whatever it was, it takes nothing more.
     *
     * @param chunk the bytes; may be used again after the call
     * @throws FrameException if they are no message within the limits
     */
    void feed(Buffer chunk) throws FrameException {
        if (failed) {
            return;
        }
        failed = true;
        take(chunk);
        boolean more = true;
        while (more) {
            more = head == null ? readHead() : readBody(head);
        }
        failed = false;
    }

    /** Tells whether part of a message has come and the rest has not. */
    boolean inside() {
        return head != null || end > start;
    }

    /** Messages read so far. */
    long frames() {
        return frames;
    }

    /** Bytes of memory that are held. */
    int held() {
        return bytes.length + (sized == null ? 0 : sized.held()) + (chunked == null ? 0 : chunked.held());
    }

    /** What belongs to a body that has begun goes there at once; all else waits to be read. */
    private void take(Buffer chunk) {
        int from = sized == null ? 0 : sized.add(chunk);
        int length = chunk.length() - from;
        if (length > 0) {
            makeRoom(length);
            chunk.getBytes(from, chunk.length(), bytes, end);
            end += length;
        }
    }

    private void makeRoom(int length) {
        int used = end - start;
        if (used == 0) {
            start = 0;
            end = 0;
            searched = 0;
        }
        boolean tooSmall = end + length > bytes.length;
        boolean tooLarge = bytes.length > 2 * KEEP_BYTES && used + length <= KEEP_BYTES;
        if (!tooSmall && !tooLarge) {
            return;
        }
        byte[] target = bytes;
        if (tooLarge) {
            target = new byte[KEEP_BYTES];
        } else if (used + length > bytes.length) {
            target = new byte[Math.max(bytes.length * 2, used + length)];
        }
        System.arraycopy(bytes, start, target, 0, used);
        bytes = target;
        searched = Math.max(0, searched - start);
        start = 0;
        end = used;
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
            if (end > start && bytes[start] <= ' ') {
                throw new FrameException(HeadParser.NO_HTTP);
            }
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
            return deliver(current, pieces.body());
        }
        SizedBody begun = sized;
        if (begun != null) {
            return begun.complete() && deliver(current, begun.body());
        }
        int length = current.length();
        int from = start;
        start = Math.min(end, start + length);
        searched = start;
        if (start - from < length) {
            sized = new SizedBody(length, bytes, from, start);
            return false;
        }
        return deliver(current, Buffer.buffer(Arrays.copyOfRange(bytes, from, start)));
    }

    private boolean deliver(FrameHead current, Buffer body) {
        head = null;
        chunked = null;
        sized = null;
        frames++;
        sink.frame(current, body);
        return end > start;
    }
}
