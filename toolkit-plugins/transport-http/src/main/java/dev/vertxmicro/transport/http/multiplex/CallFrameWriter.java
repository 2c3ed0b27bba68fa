package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.engine.BufferContent;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of a multiplexed connection. What is written in one turn of the event loop, or while bytes that came are
 * read, leaves together. Belongs to the event loop of its connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, which is how it is noticed
public final class CallFrameWriter {
    /** A request: headers and body. */
    public static final int CALL = 1;
    /** Nobody waits for the answer any more. */
    static final int CANCEL = 2;
    /** An answer: headers and body. */
    static final int ANSWER = 3;
    /** The beginning of a large answer: headers, and the length of the body in four bytes. */
    static final int LARGE = 4;
    /** The next part of the body of a large answer. */
    static final int PART = 5;
    /** There is no answer, but a text that says why. */
    static final int REFUSED = 6;
    /** No further calls, please: whoever gets this closes the connection once all calls on it are answered. */
    static final int LAST = 7;
    /** Asks for a sign of life, in the second version of the protocol. */
    static final int PING = 8;
    /** Gives it. */
    static final int PONG = 9;

    /** A call that takes more than this goes by a connection of its own. */
    static final int MAX_CALL = 64 * 1024;
    /** An answer with more than this is sent in parts. */
    static final int MAX_BODY = 64 * 1024;

    private static final int FULL = 64 * 1024;
    private static final int USUAL = 2 * 1024;
    /** Bytes that wait for a peer to read, beyond those that netty takes for usual. */
    private static final long MAX_WAITING = 1 << 20;

    private final ChannelHandlerContext out;
    private final CallNumbers left = new CallNumbers();
    private @Nullable ByteBuf pending;
    private int start;
    private int lastCall;
    private boolean reading;
    private boolean scheduled;
    private boolean unflushed;
    private boolean closed;

    /**
     * Makes a writer.
     *
     * @param out past whom the bytes go
     */
    CallFrameWriter(ChannelHandlerContext out) {
        this.out = out;
    }

    /** Writes a frame that is a whole message. False if it would be larger than allowed, and then nothing is written. */
    public boolean message(int kind, int id, Message message, int maxBytes) {
        ByteBuf to = begin(kind, id);
        Buffer body = message.body();
        if (!headers(message.headers(), to, maxBytes - body.length())) {
            return false;
        }
        append(body, 0, body.length(), to);
        lastCall = kind == CALL ? id : lastCall;
        end(to);
        return true;
    }

    /** Writes the beginning of a large answer. False if its headers are larger than allowed, and then nothing is written. */
    boolean large(int id, Metadata headers, int length, int maxHeaderBytes) {
        ByteBuf to = begin(LARGE, id);
        if (!headers(headers, to, maxHeaderBytes)) {
            return false;
        }
        to.writeInt(length);
        end(to);
        return true;
    }

    private boolean headers(Metadata headers, ByteBuf to, int maxBytes) {
        boolean good = false;
        try {
            good = HeaderBlock.write(headers, to) <= maxBytes;
        } finally {
            if (!good) {
                to.writerIndex(start);
            }
        }
        return good;
    }

    /** Writes part of a large answer, at once. */
    void part(int id, Buffer body, int from, int length) {
        ByteBuf to = begin(PART, id);
        append(body, from, length, to);
        end(to);
        handOver();
    }

    /** Writes a frame that has only a text, perhaps none. */
    void text(int kind, int id, String text) {
        ByteBuf to = begin(kind, id);
        to.writeCharSequence(text, StandardCharsets.UTF_8);
        end(to);
    }

    private ByteBuf begin(int kind, int id) {
        ByteBuf to = pending;
        if (to == null) {
            to = out.alloc().directBuffer(USUAL);
            pending = to;
        }
        start = to.writerIndex();
        to.writeInt(0).writeByte(kind).writeInt(id);
        return to;
    }

    private static void append(Buffer body, int from, int length, ByteBuf to) {
        if (length > 0) {
            to.writeBytes(BufferContent.of(body), from, length);
        }
    }

    private void end(ByteBuf to) {
        to.setInt(start, to.writerIndex() - start - 4);
        if (closed) {
            to.writerIndex(start);
            return;
        }
        if (to.readableBytes() >= FULL) {
            handOver();
        }
        if (!reading && !scheduled) {
            scheduled = true;
            out.executor().execute(this::flush);
        }
    }

    private void handOver() {
        ByteBuf full = pending;
        if (full != null && full.isReadable() && out.channel().isActive()) {
            pending = null;
            unflushed = true;
            left.takeUpTo(lastCall);
            out.write(full, out.voidPromise());
        }
    }

    /** Bytes that came are being read: what is written is not sent until {@link #endRead}. */
    void beginRead() {
        reading = true;
    }

    void endRead() {
        reading = false;
        flush();
    }

    /** Sends what was written. */
    void flush() {
        scheduled = false;
        handOver();
        if (unflushed) {
            unflushed = false;
            out.flush();
        }
    }

    /** The calls that were handed to the channel; those written since have not left. */
    CallNumbers left() {
        return left;
    }

    /** Tells whether the peer takes so little that nothing more should be written. */
    boolean full() {
        return !out.channel().isWritable() && out.channel().bytesBeforeWritable() > MAX_WAITING;
    }

    /** Tells whether a part of a large answer may go. */
    boolean hasRoom() {
        return out.channel().isWritable();
    }

    /** The connection is gone. */
    void release() {
        closed = true;
        if (pending != null) {
            pending.release();
            pending = null;
        }
    }
}
