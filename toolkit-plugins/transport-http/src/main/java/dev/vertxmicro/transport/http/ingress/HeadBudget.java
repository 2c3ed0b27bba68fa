package dev.vertxmicro.transport.http.ingress;

import dev.vertxmicro.net.MemoryShare;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts the heads of requests that have begun and are not whole. Stands before the HTTP decoder and sees bytes; what became of
 * them it is told from behind. A head that comes in one read costs nothing.
 */
final class HeadBudget extends ChannelInboundHandlerAdapter {
    /** What the decoder makes of a byte, at worst: a header of five bytes is an entry, a name and a value on the heap. */
    private static final int BYTES_OF_ONE = 32;

    private final MemoryShare share;
    private final Runnable onNoRoom;
    private ByteBuf reading = Unpooled.EMPTY_BUFFER;
    private int pending;
    private boolean inBody;

    HeadBudget(MemoryShare share, Runnable onNoRoom) {
        this.share = share;
        this.onNoRoom = onNoRoom;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            reading = bytes;
            boolean more = pending > 0;
            if (!inBody) {
                pending += bytes.readableBytes();
            }
            if (more && !count()) {
                bytes.release();
                onNoRoom.run();
                return;
            }
        }
        ctx.fireChannelRead(message);
    }

    /** A head is whole. */
    void head() {
        pending = 0;
        inBody = true;
    }

    /** A request is whole; what follows in the same read begins the next. */
    void end() {
        inBody = false;
        pending = reading.refCnt() > 0
                ? reading.readableBytes()
                : 0; // what begins the next is counted with its next read
    }

    /** Counts what the reads have left. */
    void readComplete() {
        if (!count()) {
            onNoRoom.run();
        }
    }

    private boolean count() {
        long wanted = inBody ? 0 : (long) pending * BYTES_OF_ONE;
        long held = share.heldBytes();
        if (wanted <= held) {
            share.giveBack(held - wanted);
            return true;
        }
        return share.take(wanted - held);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        share.close();
    }
}
