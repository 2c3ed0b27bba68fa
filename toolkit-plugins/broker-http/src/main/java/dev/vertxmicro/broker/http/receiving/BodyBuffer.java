package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.net.MemoryShare;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Collects the body of a request, as much of it as came: what a peer announces costs nothing yet. Each byte that is allocated is
 * taken from the share of the request before. Used on the context of the broker.
 */
final class BodyBuffer {
    private final MemoryShare share;
    private final int maxBytes;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;

    BodyBuffer(MemoryShare share, int maxBytes) {
        this.share = share;
        this.maxBytes = maxBytes;
    }

    /** What became of a part. */
    enum Outcome {
        TAKEN,
        TOO_LARGE,
        NO_ROOM
    }

    Outcome append(ByteBuf part) {
        int more = part.readableBytes();
        if (more > maxBytes - bytes.readableBytes()) {
            return Outcome.TOO_LARGE;
        }
        if (more > bytes.writableBytes() && !grow(bytes.readableBytes() + more)) {
            return Outcome.NO_ROOM;
        }
        bytes.writeBytes(part);
        return Outcome.TAKEN;
    }

    /** While it is copied there are both, and both are counted. */
    private boolean grow(int needed) {
        int before = bytes.capacity();
        int size = Math.max(needed, (int) Math.min(maxBytes, 2L * before));
        if (!share.take(size)) {
            return false;
        }
        bytes = Unpooled.buffer(size).writeBytes(bytes);
        share.giveBack(before);
        return true;
    }

    /** Gives what came, in an array. */
    ByteBuf bytes() {
        return bytes;
    }

    /** Only so many bytes are kept of it from now on, in another form. */
    void replacedBy(int kept) {
        int before = bytes.capacity();
        bytes = Unpooled.EMPTY_BUFFER;
        share.giveBack(Math.max(0, before - kept));
    }
}
