package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.message.Metadata;
import java.util.Arrays;

/** The last head of a connection, to know it again: most heads of a stream differ in their length alone. */
final class KnownHead {
    private static final FrameHead NONE = new FrameHead(Metadata.EMPTY, "", 0);

    private byte[] known = {};
    private int digitsFrom;
    private int digitsTo;
    private FrameHead head = NONE;

    /** Keeps a head that was parsed from {@code start} to {@code end}, if it tells a length. */
    void remember(FrameHead parsed, HeadParser parser, byte[] bytes, int start, int end) {
        if (parser.digitsFrom() >= 0) {
            head = parsed;
            known = Arrays.copyOfRange(bytes, start, end);
            digitsFrom = parser.digitsFrom() - start;
            digitsTo = parser.digitsTo() - start;
        }
    }

    /**
     * Compares.
     *
     * @return where the head ends, which is {@link #head()} then; -1 if it is another or has not come as a whole
     */
    int match(byte[] bytes, int start, int end) {
        int from = start + digitsFrom;
        if (known.length == 0
                || end < start + known.length
                || !Arrays.equals(bytes, start, from, known, 0, digitsFrom)) {
            return -1;
        }
        int to = from;
        while (to < end && bytes[to] >= '0' && bytes[to] <= '9') {
            to++;
        }
        int rest = known.length - digitsTo;
        if (to + rest > end || !Arrays.equals(bytes, to, to + rest, known, digitsTo, known.length)) {
            return -1;
        }
        int length = HeadParser.digits(bytes, from, to);
        if (length < 0) {
            return -1;
        }
        head = head.withLength(length);
        return to + rest;
    }

    FrameHead head() {
        return head;
    }
}
