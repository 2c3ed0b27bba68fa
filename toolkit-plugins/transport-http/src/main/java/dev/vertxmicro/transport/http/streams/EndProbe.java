package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.http.frames.FrameWriter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;

/**
 * Finds out when a Go server has ended a stream. One that has read the caller's {@code EOS} ends without a word; what comes for
 * the stream after that opens a new one. So a caller that has sent its end asks, now and then, for an endpoint that nobody has:
 * while the handler runs the question waits in the stream's queue, after that it is answered by an error that names the
 * endpoint. Our own servers end every stream themselves and know the question by its header.
 */
final class EndProbe {
    /** Marks the question. */
    static final String HEADER = "Micro-Stream-Probe";

    private static final String NOBODY = "MicroStreamEnd";
    private static final long FIRST_MILLIS = 200;
    private static final long LAST_MILLIS = 10_000;

    private final ContextInternal context;
    private final FrameWriter writer;
    private final Metadata question;
    private long pause = FIRST_MILLIS;
    private boolean heard;
    private volatile boolean over;

    EndProbe(ContextInternal context, FrameWriter writer, Metadata opening) {
        this.context = context;
        this.writer = writer;
        this.question = Metadata.builder(6)
                // A server of go-micro v2 answers no error over protobuf.
                .add(Headers.CONTENT_TYPE, "application/json")
                .add(Headers.ID, opening.value(Headers.ID, ""))
                .add(Headers.STREAM, opening.value(Headers.STREAM, ""))
                .add(Headers.METHOD, NOBODY + ".Ask")
                .add(Headers.ENDPOINT, NOBODY + ".Ask")
                .add(HEADER, "1")
                .build();
    }

    /** Begins to ask. */
    void start() {
        var timer = context.setTimer(pause, fired -> ask());
        assert timer >= 0;
    }

    private void ask() {
        if (over) {
            return;
        }
        if (heard) {
            heard = false;
        } else {
            writer.writeLast(question, Buffer.buffer());
            pause = Math.min(LAST_MILLIS, 2 * pause);
        }
        start();
    }

    /** Something came: the handler runs. */
    void heard() {
        heard = true;
    }

    /** The stream is over. */
    void stop() {
        over = true;
    }

    /** Tells whether an error is the answer. */
    static boolean isAnswer(String error) {
        return error.contains(NOBODY);
    }
}
