package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Answers on their way: small ones leave as they are, of large ones a part of each in turn, as long as the peer reads, so that
 * others pass between them. Belongs to the event loop of its connection.
 */
public final class AnswerQueue {
    private static final int PART_BYTES = 16 * 1024;
    /** Then the event loop looks for what has come: netty goes on writing for as long as the peer reads fast enough. */
    private static final int TURN_BYTES = 256 * 1024;

    private static final class Answer {
        private final int id;
        private final Buffer body;
        private int sent;

        Answer(int id, Buffer body) {
            this.id = id;
            this.body = body;
        }
    }

    private final CallFrameWriter writer;
    private final ScheduledExecutorService loop;
    private final IntConsumer done;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private long bytes;
    private int left = TURN_BYTES;
    private boolean resting;

    /**
     * Makes a queue.
     *
     * @param writer where parts are written
     * @param loop  the event loop
     * @param done  told the number of each call whose answer is written
     */
    AnswerQueue(CallFrameWriter writer, ScheduledExecutorService loop, IntConsumer done) {
        this.writer = writer;
        this.loop = loop;
        this.done = done;
    }

    /**
     * Sends an answer; one that HTTP could not carry becomes an error that says so.
     *
     * @return false if its headers are larger than allowed, and then nothing is sent
     */
    boolean send(int id, Message answer, int maxHeaderBytes) {
        try {
            return sendAsIs(id, answer, maxHeaderBytes);
        } catch (IllegalArgumentException e) {
            String error = MicroException.internal("go.micro.server", "metadata: " + e.getMessage())
                    .toJson();
            return sendAsIs(id, new Message(Metadata.of(Headers.ERROR, error), Buffer.buffer()), maxHeaderBytes);
        }
    }

    private boolean sendAsIs(int id, Message answer, int maxHeaderBytes) {
        Buffer body = answer.body();
        if (body.length() <= CallFrameWriter.MAX_BODY) {
            boolean sent = writer.message(CallFrameWriter.ANSWER, id, answer, maxHeaderBytes + body.length());
            if (sent) {
                done.accept(id);
            }
            return sent;
        }
        if (!writer.large(id, answer.headers(), body.length(), maxHeaderBytes)) {
            return false;
        }
        answers.add(new Answer(id, body));
        bytes += body.length();
        write();
        return true;
    }

    /** Nobody waits for an answer any more. False if there is none to be written. */
    boolean drop(int id) {
        for (Answer answer : answers) {
            if (answer.id == id) {
                bytes -= answer.body.length() - answer.sent;
                answers.remove(answer);
                return true;
            }
        }
        return false;
    }

    /** Bytes of large answers that wait. */
    long bytes() {
        return bytes;
    }

    /** Writes what there is room for. */
    void write() {
        while (!answers.isEmpty() && left > 0 && writer.hasRoom()) {
            Answer answer = answers.remove();
            int length = Math.min(PART_BYTES, answer.body.length() - answer.sent);
            writer.part(answer.id, answer.body, answer.sent, length);
            answer.sent += length;
            bytes -= length;
            left -= length;
            if (answer.sent < answer.body.length()) {
                answers.add(answer);
            } else {
                done.accept(answer.id);
            }
        }
        if (left <= 0 && !resting) {
            resting = true;
            var unused = loop.schedule(this::goOn, 0, TimeUnit.NANOSECONDS); // unlike a task, not before the next look
        }
    }

    private void goOn() {
        resting = false;
        left = TURN_BYTES;
        write();
        writer.flush();
    }
}
