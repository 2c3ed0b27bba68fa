package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Writes the HTTP messages of one stream connection. What is written in one turn of the event loop leaves together; headers
 * that are the same object as those of the message before are not encoded again. May be used from any thread.
 */
final class FrameWriter {

    /** Where the bytes go. Called on the event loop only. */
    interface Output {

        /**
         * Writes bytes.
         *
         * @param bytes not used again by the caller
         */
        void write(Buffer bytes);

        /**
         * Tells whether more bytes would queue. May be asked from any thread.
         *
         * @return true until {@link FrameWriter#drained} is due
         */
        boolean full();

        /** Closes the connection, after what was written. */
        void close();
    }

    static final int MAX_WAITING = 1024;
    private static final int BATCH_BYTES = 16 * 1024;
    private static final Future<Void> ROOM = Future.succeededFuture();

    private final byte[] startLine;
    private final Executor loop;
    private final Output output;
    private final int maxWaitingBytes;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private Metadata lastHeaders = Metadata.EMPTY;
    private byte[] lastHead = {};
    private Buffer pending = Buffer.buffer();
    private long waitingBytes;
    private boolean scheduled;
    private boolean closing;
    private boolean closed;

    /**
     * Makes a writer.
     *
     * @param startLine      first line of each message, with other headers that each has; ends with CR LF
     * @param loop           the event loop of the connection
     * @param output         where the bytes go
     * @param maxWaitingBytes bytes of messages at most that are sent without waiting for room
     */
    FrameWriter(String startLine, Executor loop, Output output, int maxWaitingBytes) {
        this.startLine = startLine.getBytes(StandardCharsets.UTF_8);
        this.loop = loop;
        this.output = output;
        this.maxWaitingBytes = maxWaitingBytes;
    }

    /**
     * Writes a message.
     *
     * @param headers its headers
     * @param body its body
     * @param promises makes the promise of room, if there is none now
     * @return completes when another may be written without queueing; fails if too many wait already, or after the close
     */
    Future<Void> write(Metadata headers, Buffer body, Supplier<Promise<Void>> promises) {
        Future<Void> room = ROOM;
        boolean wake;
        synchronized (this) {
            if (closing || closed) {
                return Future.failedFuture(HttpStream.goneError());
            }
            boolean full = pending.length() >= BATCH_BYTES || output.full();
            if (full && (waiting.size() >= MAX_WAITING || waitingBytes >= maxWaitingBytes)) {
                return Future.failedFuture(MicroException.unavailable(
                                "go.micro.transport",
                                "pending sends: " + waiting.size() + " (expected: wait for their futures)")
                        .withoutStackTrace());
            }
            try {
                append(headers, body, true);
            } catch (IllegalArgumentException e) {
                return Future.failedFuture(
                        MicroException.internal("go.micro.transport", "metadata: " + e.getMessage()));
            }
            if (full) {
                Promise<Void> promise = promises.get();
                waiting.add(promise);
                waitingBytes += body.length();
                room = promise.future();
            }
            wake = wake();
        }
        if (wake) {
            loop.execute(this::flush);
        }
        return room;
    }

    /** Writes a message, whoever waits: an end or a refusal, of which there are few. */
    void writeLast(Metadata headers, Buffer body) {
        boolean wake;
        synchronized (this) {
            if (closing || closed) {
                return;
            }
            append(headers, body, false);
            wake = wake();
        }
        if (wake) {
            loop.execute(this::flush);
        }
    }

    private boolean wake() {
        boolean wake = !scheduled;
        scheduled = true;
        return wake;
    }

    @SuppressWarnings("ReferenceEquality") // a quick look whether the head is still good
    private void append(Metadata headers, Buffer body, boolean strict) {
        if (headers != lastHeaders || lastHead.length == 0) {
            lastHead = encode(headers, strict);
            lastHeaders = headers;
        }
        pending.appendBytes(lastHead);
        digits(body.length());
        pending.appendByte((byte) '\r')
                .appendByte((byte) '\n')
                .appendByte((byte) '\r')
                .appendByte((byte) '\n');
        if (body.length() > 0) {
            pending.appendBuffer(body);
        }
    }

    private void digits(int value) {
        int divisor = 1;
        while (value / divisor >= 10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            pending.appendByte((byte) ('0' + value / divisor % 10));
        }
    }

    /**
     * The head up to the digits of the length, which stand last so that all before them can be kept. A name that is none for HTTP
     * could pass for a header, or a message, of its own.
     */
    private byte[] encode(Metadata headers, boolean strict) {
        Buffer head = Buffer.buffer(512).appendBytes(startLine);
        headers.forEach((name, value) -> {
            boolean token = HeaderText.token(name);
            if (strict && !token) {
                throw new IllegalArgumentException(HeaderText.noToken(name));
            }
            if (token && !HeaderText.ruledByHttp(name)) {
                head.appendString(name).appendString(": ").appendBytes(HeaderText.wireBytes(value));
                head.appendString("\r\n");
            }
        });
        return head.appendString("Content-Length: ").getBytes();
    }

    /** Writes what has gathered, on the event loop; then tells those who wait, if there is room again. */
    private void flush() {
        Buffer batch;
        boolean last;
        synchronized (this) {
            scheduled = false;
            batch = pending;
            pending = Buffer.buffer(BATCH_BYTES);
            last = closing && !closed;
            closed |= last;
        }
        if (batch.length() > 0) {
            output.write(batch);
        }
        if (last) {
            output.close();
        } else if (!output.full()) {
            drained();
        }
    }

    /** Tells those who wait that there is room. */
    void drained() {
        List<Promise<Void>> ready;
        synchronized (this) {
            if (waiting.isEmpty() || pending.length() >= BATCH_BYTES) {
                return;
            }
            ready = List.copyOf(waiting);
            waiting.clear();
            waitingBytes = 0;
        }
        ready.forEach(Promise::tryComplete);
    }

    /** Closes the connection once all is written. */
    void close() {
        synchronized (this) {
            closing = true;
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        loop.execute(this::flush);
    }

    /** The connection is gone. */
    void gone(MicroException error) {
        List<Promise<Void>> failed;
        synchronized (this) {
            closed = true;
            pending = Buffer.buffer();
            failed = List.copyOf(waiting);
            waiting.clear();
        }
        failed.forEach(promise -> promise.tryFail(error));
    }
}
