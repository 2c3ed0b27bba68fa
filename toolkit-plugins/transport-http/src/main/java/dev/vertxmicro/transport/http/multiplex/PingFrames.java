package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.transport.http.wire.FrameException;
import io.netty.buffer.ByteBuf;

/** The frames by which either side of a multiplexed connection learns that the other is there. */
final class PingFrames {
    private PingFrames() {}

    /**
     * Answers a ping; that an answer came is known already.
     *
     * @return false if it is another frame
     * @throws FrameException if there is something in it
     */
    static boolean take(int kind, int id, ByteBuf payload, CallFrameWriter writer) throws FrameException {
        if (kind != CallFrameWriter.PING && kind != CallFrameWriter.PONG) {
            return false;
        }
        if (id != 0 || payload.isReadable()) {
            throw new FrameException("malformed frame of kind " + kind);
        }
        if (kind == CallFrameWriter.PING) {
            writer.text(CallFrameWriter.PONG, 0, "");
        }
        return true;
    }
}
