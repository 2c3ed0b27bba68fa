package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.transport.http.wire.FrameException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a multiplexed connection into frames: four bytes with the length of the rest, one with the kind, four with
 * the number of the call, and what the kind asks for. Not for concurrent use.
 */
final class CallFrameReader {

    /** Takes the frames. */
    @FunctionalInterface
    interface Sink {

        /** Tells whether there is room for another frame; where there is not, what has come waits to be fed more. */
        default boolean ready() {
            return true;
        }

        /**
         * Takes one frame.
         *
         * @param kind    what it is, see {@link CallFrameWriter}
         * @param id      the number of its call
         * @param payload the rest; not to be kept, and read up to its end or not
         * @throws FrameException if there is no such frame
         */
        void frame(int kind, int id, ByteBuf payload) throws FrameException;
    }

    private static final int LENGTH = 4;
    /** Kind and number. */
    private static final int HEAD = 5;

    private final int maxBytes;
    private final Sink sink;
    private @Nullable ByteBuf rest;
    private boolean held;
    private long frames;

    /**
     * Makes a reader.
     *
     * @param maxBytes of a frame
     * @param sink     takes the frames
     */
    CallFrameReader(int maxBytes, Sink sink) {
        this.maxBytes = maxBytes;
        this.sink = sink;
    }

    /**
     * Takes bytes as they came.
     *
     * @param bytes read to their end; released by the caller
     * @throws FrameException if they are no frames, after which nothing more must be fed
     */
    void feed(ByteBuf bytes) throws FrameException {
        ByteBuf before = rest;
        if (before == null) {
            frames(bytes);
            if (bytes.isReadable()) {
                rest = bytes.alloc().buffer(2 * bytes.readableBytes() + 256).writeBytes(bytes);
            }
            return;
        }
        before.writeBytes(bytes);
        frames(before);
        if (before.isReadable()) {
            before.discardReadBytes();
        } else {
            release();
        }
    }

    private void frames(ByteBuf bytes) throws FrameException {
        held = false;
        while (bytes.readableBytes() >= LENGTH) {
            if (!sink.ready()) {
                held = true;
                return;
            }
            int length = bytes.getInt(bytes.readerIndex());
            if (length < HEAD || length > maxBytes) {
                throw new FrameException("frame of " + length + " bytes (expected: " + HEAD + " to " + maxBytes + ")");
            }
            if (bytes.readableBytes() < LENGTH + length) {
                return;
            }
            bytes.skipBytes(LENGTH);
            int end = bytes.readerIndex() + length;
            int written = bytes.writerIndex();
            frames++;
            bytes.writerIndex(end);
            try {
                sink.frame(bytes.readByte(), bytes.readInt(), bytes);
            } finally {
                bytes.setIndex(end, written);
            }
        }
    }

    /** Tells whether frames may wait for which there was no room. */
    boolean held() {
        return held;
    }

    /** Tells whether part of a frame has come and the rest has not. */
    boolean inside() {
        return rest != null;
    }

    /** Frames read so far. */
    long frames() {
        return frames;
    }

    /** Gives the memory back; nothing is fed any more. */
    void release() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }
}
