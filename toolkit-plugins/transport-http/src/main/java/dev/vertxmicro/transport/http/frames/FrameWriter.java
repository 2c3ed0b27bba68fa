package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Writes the HTTP messages of one stream connection. What is written in one turn of the event loop leaves together; headers
 * that are the same object as those of the message before are not encoded again. May be used from any thread.
 */
public final class FrameWriter {

    /** Where the bytes go. Called on the event loop only. */
    public interface Output {

        /**
         * Writes bytes.
         *
         * @param bytes   not used again by the caller
         * @param written to be run once they have left, or never will
         */
        void write(Buffer bytes, Runnable written);

        /**
         * Tells whether more bytes would queue. May be asked from any thread.
         *
         * @return true until {@link FrameWriter#drained} is due
         */
        boolean full();

        /** All that was to be written has been handed to {@link #write}. */
        void flushed();

        /** Closes the connection, after what was written. */
        void close();

        /** Closes the connection at once: what it carries is broken. */
        void abort();
    }

    static final int MAX_WAITING = 1024;
    private static final int BATCH_BYTES = 16 * 1024;
    private static final int MANY_BYTES = 64 * 1024;
    private static final Future<Void> ROOM = Future.succeededFuture();
    private static final System.Logger LOG = System.getLogger(FrameWriter.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final HeadEncoder heads;
    private final Executor loop;
    private final Output output;
    private final long maxWaitingBytes;
    private final MemoryShare share;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private Buffer pending = Buffer.buffer();
    private long counted;
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
     * @param share          counts what is on its way
     */
    public FrameWriter(String startLine, Executor loop, Output output, long maxWaitingBytes, MemoryShare share) {
        this.heads = new HeadEncoder(startLine);
        this.loop = loop;
        this.output = output;
        this.maxWaitingBytes = maxWaitingBytes;
        this.share = share;
    }

    /**
     * Writes a message.
     *
     * @param headers its headers
     * @param body its body
     * @param promises makes the promise of room, if there is none now
     * @return completes when another may be written without queueing; fails if too much waits already, or after the close
     * @throws IllegalArgumentException if a header cannot be one of HTTP
     */
    public Future<Void> write(Metadata headers, Buffer body, Supplier<Promise<Void>> promises) {
        Future<Void> room = ROOM;
        boolean wake;
        synchronized (this) {
            if (closing || closed) {
                return Future.failedFuture(goneError());
            }
            boolean full = pending.length() >= BATCH_BYTES || output.full();
            if (full && (waiting.size() >= MAX_WAITING || waitingBytes >= maxWaitingBytes)) {
                return tooMuch("pending sends: " + waiting.size() + " (expected: wait for their futures)");
            }
            byte[] head = heads.of(headers, true);
            if (!count(head, body)) {
                return tooMuch("no memory for a message of " + body.length() + " bytes (expected: less that waits)");
            }
            if (full) {
                Promise<Void> promise = promises.get();
                waiting.add(promise);
                waitingBytes += body.length();
                room = promise.future();
            }
            append(head, body);
            wake = wake();
        }
        if (wake) {
            start();
        }
        return room;
    }

    private static MicroException goneError() {
        return MicroException.internal("go.micro.transport", "stream connection is closed")
                .withoutStackTrace();
    }

    private static Future<Void> tooMuch(String what) {
        return Future.failedFuture(
                MicroException.unavailable("go.micro.transport", what).withoutStackTrace());
    }

    /** Writes a message, whoever waits: an end or a refusal. A header that is none for HTTP is left out. */
    public void writeLast(Metadata headers, Buffer body) {
        put(headers, body, false);
    }

    /**
     * Writes an answer, whoever waits. Who lets a peer provoke these, or refusals, does not read from it while {@link #full}.
     *
     * @return false if there is no memory for its body; nothing is written then
     * @throws IllegalArgumentException if a header cannot be one of HTTP
     */
    public boolean writeAnswer(Metadata headers, Buffer body) {
        return put(headers, body, true);
    }

    private boolean put(Metadata headers, Buffer body, boolean strict) {
        boolean wake;
        synchronized (this) {
            if (closing || closed) {
                return true;
            }
            byte[] head = heads.of(headers, strict);
            if (!count(head, body) && strict && body.length() > 0) {
                return false;
            }
            append(head, body);
            wake = wake();
        }
        if (wake) {
            start();
        }
        return true;
    }

    /** Tells whether so much is on its way that the peer should ask for no more. */
    public synchronized boolean full() {
        return pending.length() >= MANY_BYTES || output.full();
    }

    private boolean count(byte[] head, Buffer body) {
        long length = (long) head.length + body.length();
        boolean room = share.take(length);
        counted += room ? length : 0;
        return room;
    }

    private void start() {
        try {
            loop.execute(this::flush);
        } catch (RejectedExecutionException e) {
            gone(goneError()); // the event loop has ended, and the connection with it
        }
    }

    private boolean wake() {
        boolean wake = !scheduled;
        scheduled = true;
        return wake;
    }

    /** Half a message in it makes the connection useless. */
    private void append(byte[] head, Buffer body) {
        try {
            HeadEncoder.append(pending, head, body.length());
            if (body.length() > 0) {
                pending.appendBuffer(body);
            }
        } catch (Throwable e) {
            closed = true;
            loop.execute(output::abort);
            throw e;
        }
    }

    /** Writes what has gathered, on the event loop; then tells those who wait, if there is room again. */
    private void flush() {
        try {
            writeOut();
        } catch (Throwable e) {
            FAILED.error("http: stream connection not written", e);
            gone(goneError());
            output.abort();
        }
    }

    private void writeOut() {
        Buffer batch;
        long length;
        boolean last;
        synchronized (this) {
            scheduled = false;
            batch = pending;
            length = counted;
            pending = Buffer.buffer(BATCH_BYTES);
            counted = 0;
            last = closing && !closed;
            closed |= last;
        }
        if (batch.length() > 0) {
            output.write(batch, () -> written(length));
        }
        if (last) {
            output.close();
        } else if (!output.full()) {
            drained();
        }
        output.flushed();
    }

    private synchronized void written(long length) {
        share.giveBack(length);
    }

    /** Tells those who wait that there is room. */
    public void drained() {
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
    public void close() {
        synchronized (this) {
            closing = true;
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        start();
    }

    /** The connection is gone. */
    public void gone(MicroException error) {
        List<Promise<Void>> failed;
        synchronized (this) {
            closed = true;
            pending = Buffer.buffer();
            share.close();
            failed = List.copyOf(waiting);
            waiting.clear();
        }
        failed.forEach(promise -> promise.tryFail(error));
    }
}
