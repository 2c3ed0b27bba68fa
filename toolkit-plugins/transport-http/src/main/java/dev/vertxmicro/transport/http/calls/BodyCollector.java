package dev.vertxmicro.transport.http.calls;

import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.transport.http.wire.AnswerPace;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * Collects a body, up to its own limit and to what all together may hold. A body that comes in one piece, as small ones do, is
 * not copied.
 */
final class BodyCollector implements Handler<Buffer> {
    private static final Buffer EMPTY = Buffer.buffer();
    private static final int FIRST_BYTES = 16 * 1024;

    /** Why a body is not collected further. */
    enum Excess {
        /** It is larger than a message may be. */
        TOO_LARGE,
        /** All together hold as much as there is room for. */
        NO_ROOM
    }

    private final int maxBytes;
    private final MemoryShare share;
    private final Consumer<Excess> onExcess;
    private Buffer body = EMPTY;
    private int capacity;
    /** Also of what was let go. */
    private long length;

    private final long begunAt = System.nanoTime();
    private long lastAt = begunAt;
    private boolean exceeded;

    /**
     * Makes a collector.
     *
     * @param maxBytes the limit of this body
     * @param share    what its bytes are counted in; whoever made it closes it
     * @param onExcess what to do, once, when one of the limits is passed
     */
    BodyCollector(int maxBytes, MemoryShare share, Consumer<Excess> onExcess) {
        this.maxBytes = maxBytes;
        this.share = share;
        this.onExcess = onExcess;
    }

    @Override
    public void handle(Buffer chunk) {
        if (exceeded) {
            return;
        }
        lastAt = System.nanoTime();
        length += chunk.length();
        if (length > maxBytes) {
            exceed(Excess.TOO_LARGE);
        } else if (body.length() == 0) {
            if (share.take(chunk.length())) {
                body = chunk;
                capacity = chunk.length();
            } else {
                exceed(Excess.NO_ROOM);
            }
        } else if (length <= capacity || grow((int) length)) {
            body.appendBuffer(chunk);
        } else {
            exceed(Excess.NO_ROOM);
        }
    }

    /** Doubles, so that what is taken is what is allocated. */
    private boolean grow(int length) {
        int wanted = (int) Math.min(maxBytes, Math.max(Math.max(length, FIRST_BYTES), 2L * capacity));
        if (!share.take(wanted - capacity)) {
            return false;
        }
        body = Buffer.buffer(wanted).appendBuffer(body);
        capacity = wanted;
        return true;
    }

    private void exceed(Excess why) {
        drop();
        onExcess.accept(why);
    }

    /** Takes no more, and lets go of what came. */
    void drop() {
        exceeded = true;
        body = EMPTY;
        share.close();
    }

    boolean exceeded() {
        return exceeded;
    }

    /** Tells whether more of it can be expected soon. */
    boolean comes() {
        long now = System.nanoTime();
        return AnswerPace.comes(now - begunAt, now - lastAt, length);
    }

    Buffer body() {
        return body;
    }
}
