package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.net.MemoryShare;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Frames as they come to one end: in order, no more than there was room for, put together to messages. Used on one context. */
final class IncomingFrames {
    /** What is no Buffer has no parts. */
    private static final int MAX_TEXT_BYTES = 1 << 20;

    private final int maxMessageBytes;
    private final MemoryShare share;
    private long number;
    private long room = StreamFrames.WINDOW;
    private volatile long granted = StreamFrames.WINDOW;
    private long sent;
    private int owed;
    private List<Buffer> parts = new ArrayList<>();
    private int length;

    IncomingFrames(int maxMessageBytes, MemoryShare share) {
        this.maxMessageBytes = maxMessageBytes;
        this.share = share;
    }

    /**
     * Takes a frame.
     *
     * @return the message, if it is whole
     * @throws MicroException where the stream cannot go on
     */
    Optional<Message> take(MultiMap headers, @Nullable Object body) {
        inOrder(headers);
        if (room == 0) {
            throw MicroException.tooManyRequests(
                    "go.micro.transport", "message beyond the credit (expected: one frame for each)");
        }
        room--;
        owed++;
        Buffer bytes = StreamFrames.bytes(body);
        checkSize(bytes.length(), body instanceof Buffer ? StreamFrames.PART_BYTES : MAX_TEXT_BYTES);
        boolean more = "true".equals(headers.get(BusProtocol.MORE));
        if (parts.isEmpty() && !more) {
            return Optional.of(new Message(StreamFrames.metadata(headers), bytes));
        }
        take(bytes.length());
        parts.add(bytes);
        length += bytes.length();
        if (more) {
            return Optional.empty();
        }
        take(length);
        Buffer all = Buffer.buffer(length);
        parts.forEach(all::appendBuffer);
        share.giveBack(2L * length);
        parts = new ArrayList<>();
        length = 0;
        return Optional.of(new Message(StreamFrames.metadata(headers), all));
    }

    private void checkSize(int bytes, int most) {
        if (bytes > maxMessageBytes - length) {
            throw MicroException.of("go.micro.transport", 413, "message exceeds " + maxMessageBytes + " bytes");
        }
        if (bytes > most) {
            throw MicroException.of(
                    "go.micro.transport",
                    413,
                    "frame of " + bytes + " bytes (expected: <= " + most + ", what is larger in parts)");
        }
    }

    private void take(int bytes) {
        if (!share.take(bytes)) {
            throw MicroException.unavailable("go.micro.transport", "no memory for the messages of the stream");
        }
    }

    /** The end is in its place too; a message that lacks its last part is none. */
    void end(MultiMap headers) {
        inOrder(headers);
        if (!parts.isEmpty()) {
            throw MicroException.badRequest("go.micro.transport", "end within a message");
        }
    }

    private void inOrder(MultiMap headers) {
        number++;
        if (StreamFrames.number(headers, BusProtocol.NUMBER, number) != number) {
            throw MicroException.internal(
                    "go.micro.transport",
                    "frame " + headers.get(BusProtocol.NUMBER) + " of the stream (expected: " + number
                            + "): the event bus has lost some");
        }
    }

    /** Room to tell the other end of, if it is worth a frame. */
    int give() {
        if (owed < StreamFrames.WINDOW / 2) {
            return 0;
        }
        int given = owed;
        owed = 0;
        room += given;
        long all = granted + given;
        granted = all;
        return given;
    }

    /** Room that the other end was told of, all together. */
    long granted() {
        return granted;
    }

    /**
     * Hears how many frames the other end has sent.
     *
     * @return true if some of those that it has spoken of before have still not come
     */
    boolean lacks(long now) {
        boolean lost = number < sent;
        sent = Math.max(sent, now);
        return lost;
    }

    void close() {
        parts = List.of();
        share.close();
    }
}
