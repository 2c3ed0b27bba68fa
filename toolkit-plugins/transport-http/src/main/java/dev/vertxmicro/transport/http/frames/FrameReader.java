package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a stream connection into HTTP messages. A head that differs from the one before in nothing but its length,
 * as most heads of a stream do, is compared and not parsed. Not for concurrent use.
 */
public final class FrameReader {

    /** Takes the messages. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one message.
         *
         * @param head its start line and headers
         * @param body its body, shared with nobody
         */
        void frame(FrameHead head, Buffer body);
    }

    private static final int KEEP_BYTES = 16 * 1024;
    private static final byte[] NONE = {};

    private final int maxHeaderBytes;
    private final int maxMessageBytes;
    private final MemoryShare share;
    private final Sink sink;
    private byte[] bytes = NONE;
    private int start;
    private int end;
    private int searched;
    private final KnownHead known = new KnownHead();
    private @Nullable FrameHead head;
    private @Nullable ChunkedBody chunked;
    private @Nullable SizedBody sized;
    private boolean failed;
    private boolean feeding;
    private long counted;
    private long frames;

    /**
     * Makes a reader.
     *
     * @param maxHeaderBytes  all headers of a message together
     * @param maxMessageBytes a body
     * @param share           counts what has come of a message whose rest has not
     * @param sink            takes the messages
     */
    public FrameReader(int maxHeaderBytes, int maxMessageBytes, MemoryShare share, Sink sink) {
        this.maxHeaderBytes = maxHeaderBytes;
        this.maxMessageBytes = maxMessageBytes;
        this.share = share;
        this.sink = sink;
    }

    /**
     * Takes bytes as they came. After it threw, whatever it was, it takes nothing more.
     *
     * @param chunk the bytes; may be used again after the call
     * @throws FrameException if they are no message within the limits
     * @throws MicroException if there is no memory for what has come
     */
    public void feed(Buffer chunk) throws FrameException {
        if (failed) {
            return;
        }
        take(chunk);
        if (feeding) {
            return; // whom the sink told has let more come: read once it returns
        }
        feeding = true;
        boolean done = false;
        try {
            read();
            done = true;
        } finally {
            feeding = false;
            failed |= !done;
        }
    }

    private void read() throws FrameException {
        boolean more = true;
        while (more) {
            more = head == null ? readHead() : readBody(head);
        }
        trim();
        count();
    }

    /** Tells whether part of a message has come and the rest has not. */
    public boolean inside() {
        return head != null || end > start;
    }

    /** Messages read so far. */
    public long frames() {
        return frames;
    }

    /** Takes nothing more, and holds nothing. */
    public void stop() {
        failed = true;
        bytes = NONE;
        start = 0;
        end = 0;
        head = null;
        sized = null;
        chunked = null;
        share.close();
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
        if (end + length > bytes.length) {
            boolean fits = used + length <= bytes.length;
            move(fits ? bytes : new byte[Math.max(bytes.length * 2, used + length)]);
        }
    }

    private void move(byte[] target) {
        int used = end - start;
        System.arraycopy(bytes, start, target, 0, used);
        bytes = target;
        searched = Math.max(0, searched - start);
        start = 0;
        end = used;
    }

    /** Holds little while nothing comes: a connection may be silent for long. */
    private void trim() {
        int used = end - start;
        if (used == 0) {
            start = 0;
            end = 0;
            searched = 0;
        }
        if (bytes.length > KEEP_BYTES && used <= KEEP_BYTES) {
            move(used == 0 ? NONE : new byte[KEEP_BYTES]);
        }
    }

    /** Says of all that is held now that it is. */
    private void count() {
        long held = (long) bytes.length + (sized == null ? 0 : sized.held()) + (chunked == null ? 0 : chunked.held());
        if (held > counted) {
            if (!share.take(held - counted)) {
                throw MicroException.unavailable("go.micro.transport", "no memory for a message")
                        .withoutStackTrace();
            }
        } else {
            share.giveBack(counted - held);
        }
        counted = held;
    }

    private boolean readHead() throws FrameException {
        int knownEnd = known.match(bytes, start, end);
        if (knownEnd >= 0) {
            begin(known.head(), knownEnd);
            return true;
        }
        if (end > start && bytes[start] <= ' ') {
            throw new FrameException(HeadParser.NO_HTTP);
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
        known.remember(parsed, parser, bytes, start, headEnd);
        begin(parsed, headEnd);
        return true;
    }

    private void begin(FrameHead next, int headEnd) throws FrameException {
        if (next.length() > maxMessageBytes) {
            throw FrameException.tooLarge(maxMessageBytes);
        }
        head = next;
        start = headEnd;
        searched = headEnd;
        chunked = next.chunked() ? new ChunkedBody(maxMessageBytes) : null;
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
