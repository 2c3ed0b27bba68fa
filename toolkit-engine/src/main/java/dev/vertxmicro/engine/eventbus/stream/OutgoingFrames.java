package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryShare;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Messages on their way out of one end: cut into frames, which leave as the other end has room for them. Used on one context. */
final class OutgoingFrames {
    /** Sends that may wait, as everywhere. */
    static final int MAX_WAITING = 1024;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final boolean json;
    private final Executor context;
    private final Writer writer;
    private final MemoryShare share;
    private int writing;
    private @Nullable String stream;
    private long credit;
    private long granted;
    private long said;
    private volatile long number;
    private boolean ended;

    /** Writes one frame. */
    interface Writer {
        Future<Void> write(DeliveryOptions options, @Nullable Object body);
    }

    /** A message, or the end where there is no body, and how much of it has left. */
    private static final class Entry {
        private final Metadata headers;
        private final @Nullable Buffer body;
        private final Promise<Void> sent;
        private int position;
        private boolean counted;

        private Entry(Metadata headers, @Nullable Buffer body, Promise<Void> sent) {
            this.headers = headers;
            this.body = body;
            this.sent = sent;
        }
    }

    OutgoingFrames(boolean json, Executor context, Writer writer, MemoryShare share) {
        this.json = json;
        this.context = context;
        this.writer = writer;
        this.share = share;
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

    /** Sends a message, or keeps it until there is room; false if there is no memory for that. */
    boolean send(Message message, Promise<Void> sent) {
        if (ended) {
            sent.tryFail(MicroException.internal("go.micro.transport", "stream is ended"));
        } else if (waiting.size() >= MAX_WAITING) {
            sent.tryFail(MicroException.unavailable(
                    "go.micro.transport", "pending sends: " + MAX_WAITING + " (expected: wait for their futures)"));
        } else {
            Entry entry = new Entry(message.headers(), message.body(), sent);
            entry.counted = waits(message.body().length());
            if (entry.counted && !share.take(message.body().length())) {
                return false;
            }
            waiting.add(entry);
            pump();
        }
        return true;
    }

    private boolean waits(int length) {
        long frames = Math.min(credit, StreamFrames.WINDOW - writing);
        return stream == null || !waiting.isEmpty() || frames == 0 || frames * StreamFrames.PART_BYTES < length;
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

    /** Nobody reads any more, as the other end has ended: what waits is dropped, and this end has left. */
    void endNow() {
        Entry end = ended ? waiting.pollLast() : new Entry(Metadata.EMPTY, null, Promise.promise());
        if (end == null) {
            return;
        }
        List<Entry> unread = List.copyOf(waiting);
        waiting.clear();
        ended = true;
        waiting.add(end);
        share.close();
        pump();
        MicroException over = MicroException.internal("go.micro.transport", "stream is ended");
        unread.forEach(entry -> entry.sent.tryFail(over));
    }

    /** Tells whether nothing waits. */
    boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Tells whether the end has left. */
    boolean isOver() {
        return ended && waiting.isEmpty();
    }

    void fail(MicroException error) {
        ended = true;
        share.close();
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
            if (body != null && (credit == 0 || writing == StreamFrames.WINDOW)) {
                return;
            }
            if (body == null) {
                write(headers(StreamFrames.END, id, entry.headers), null);
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
        if (entry.counted) {
            share.giveBack(end - entry.position);
        }
        entry.position = end;
        write(options, sent);
        return last;
    }

    /** Whatever the other end has room for, no more frames wait for the connection than we would have room for. */
    private void write(DeliveryOptions options, @Nullable Object body) {
        Future<Void> written = writer.write(options, body);
        if (!written.isComplete()) {
            writing++;
            written.onComplete(done -> context.execute(this::written));
        }
    }

    private void written() {
        writing--;
        pump();
    }

    private DeliveryOptions headers(String kind, String id, Metadata metadata) {
        long next = number + 1;
        number = next;
        DeliveryOptions options = StreamFrames.frame(kind, id).addHeader(BusProtocol.NUMBER, Long.toString(next));
        metadata.forEach((name, value) -> options.addHeader(StreamFrames.header(name), value));
        return options;
    }
}
