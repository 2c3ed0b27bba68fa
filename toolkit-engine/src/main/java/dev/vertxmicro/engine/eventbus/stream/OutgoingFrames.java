package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Messages on their way out of one end: cut into frames, which leave as the other end has room for them. Used on one context. */
final class OutgoingFrames {
    /** Sends that may wait, as everywhere. */
    static final int MAX_WAITING = 1024;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final boolean json;
    private final Writer writer;
    private @Nullable String stream;
    private long credit;
    private long granted;
    private long said;
    private volatile long number;
    private boolean ended;

    /** Writes one frame. */
    interface Writer {
        void write(DeliveryOptions options, @Nullable Object body);
    }

    /** A message, or the end where there is no body, and how much of it has left. */
    private static final class Entry {
        private final Metadata headers;
        private final @Nullable Buffer body;
        private final Promise<Void> sent;
        private int position;

        private Entry(Metadata headers, @Nullable Buffer body, Promise<Void> sent) {
            this.headers = headers;
            this.body = body;
            this.sent = sent;
        }
    }

    OutgoingFrames(boolean json, Writer writer) {
        this.json = json;
        this.writer = writer;
    }

    /** The other end is known, and has room. */
    void begin(String id, long room) {
        stream = id;
        more(room);
    }

    /** The other end has room for more. */
    void more(long room) {
        granted = sum(granted, room);
        credit = sum(credit, room);
        pump();
    }

    /** The other end says how much room it has told of, all together; what of that was said before, and has not come, is lost. */
    void granted(long now) {
        long lost = said - granted;
        said = Math.max(said, now);
        if (stream != null && lost > 0) {
            more(lost);
        }
    }

    private static long sum(long some, long more) {
        return more > Long.MAX_VALUE - some ? Long.MAX_VALUE : some + more;
    }

    /** How many frames have left. */
    long number() {
        return number;
    }

    void send(Message message, Promise<Void> sent) {
        if (ended) {
            sent.tryFail(MicroException.internal("go.micro.transport", "stream is ended"));
        } else if (waiting.size() >= MAX_WAITING) {
            sent.tryFail(MicroException.unavailable(
                    "go.micro.transport", "pending sends: " + MAX_WAITING + " (expected: wait for their futures)"));
        } else {
            waiting.add(new Entry(message.headers(), message.body(), sent));
            pump();
        }
    }

    void end(Metadata trailer, Promise<Void> sent) {
        if (ended) {
            sent.tryComplete();
            return;
        }
        ended = true;
        waiting.add(new Entry(trailer, null, sent));
        pump();
    }

    /** Tells whether the end has left. */
    boolean isOver() {
        return ended && waiting.isEmpty();
    }

    void fail(MicroException error) {
        ended = true;
        for (Entry entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            entry.sent.tryFail(error);
        }
    }

    private void pump() {
        String id = stream;
        if (id == null) {
            return;
        }
        for (Entry entry = waiting.peek(); entry != null; entry = waiting.peek()) {
            Buffer body = entry.body;
            if (body != null && credit == 0) {
                return;
            }
            if (body == null) {
                writer.write(headers(StreamFrames.END, id, entry.headers), null);
            } else if (!part(entry, body, id)) {
                continue;
            }
            waiting.remove(entry);
            entry.sent.tryComplete();
        }
    }

    /** Writes a message, or a part of it; true if that was the last. */
    private boolean part(Entry entry, Buffer body, String id) {
        credit--;
        int end = Math.min(body.length(), entry.position + StreamFrames.PART_BYTES);
        boolean last = end == body.length();
        DeliveryOptions options = headers(StreamFrames.MESSAGE, id, last ? entry.headers : Metadata.EMPTY);
        if (!last) {
            options.addHeader(BusProtocol.MORE, "true");
        }
        boolean whole = last && entry.position == 0;
        Object sent = whole ? StreamFrames.body(body, json) : body.slice(entry.position, end);
        entry.position = end;
        writer.write(options, sent);
        return last;
    }

    private DeliveryOptions headers(String kind, String id, Metadata metadata) {
        long next = number + 1;
        number = next;
        DeliveryOptions options = StreamFrames.frame(kind, id).addHeader(BusProtocol.NUMBER, Long.toString(next));
        metadata.forEach((name, value) -> options.addHeader(StreamFrames.header(name), value));
        return options;
    }
}
