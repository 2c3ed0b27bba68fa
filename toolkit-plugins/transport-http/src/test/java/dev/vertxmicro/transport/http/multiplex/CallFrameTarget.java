package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of a multiplexed connection. However the bytes are cut, the frames are the same, and so are their headers; headers that
 * were read are the same when they are written and read again.
 */
public final class CallFrameTarget implements FuzzTarget {
    private static final int MAX_FRAME = 1 << 16;

    private static List<String> frames(byte[] input, int piece) {
        List<String> frames = new ArrayList<>();
        HeaderBlock block = new HeaderBlock();
        CallFrameReader reader = new CallFrameReader(MAX_FRAME, (kind, id, payload) -> {
            String headers =
                    kind == CallFrameWriter.CALL ? again(block, payload).toString() : "";
            frames.add(kind + " " + id + " " + headers + " " + payload.toString(StandardCharsets.ISO_8859_1));
        });
        try {
            for (int at = 0; at < input.length; at += piece) {
                reader.feed(Unpooled.wrappedBuffer(input, at, Math.min(piece, input.length - at)));
            }
        } catch (FrameException declared) {
            frames.add("refused");
        } finally {
            reader.release();
        }
        return frames;
    }

    private static Metadata again(HeaderBlock block, ByteBuf payload) throws FrameException {
        Metadata read = block.read(payload, HeaderBlock.length(payload));
        Metadata once = rewritten(block, read);
        if (!rewritten(block, once).equals(once)) {
            throw new AssertionError("written and read again: " + once);
        }
        return read;
    }

    /** What HTTP rules is left out and blanks are trimmed, the first time. */
    private static Metadata rewritten(HeaderBlock block, Metadata headers) throws FrameException {
        ByteBuf bytes = Unpooled.buffer();
        HeaderBlock.write(headers, bytes);
        return block.read(bytes, HeaderBlock.length(bytes));
    }

    @Override
    public void decode(byte[] input) {
        List<String> whole = frames(input, Math.max(1, input.length));
        for (int piece : new int[] {1, 7, 100}) {
            List<String> cut = frames(input, piece);
            if (!cut.equals(whole)) {
                throw new AssertionError("in pieces of " + piece + ": " + cut + ", whole: " + whole);
            }
        }
    }

    @Override
    public List<byte[]> seeds() {
        Metadata headers = Metadata.of("Micro-Id", "7").with("Foo", "服务").with("Long", "x".repeat(300));
        return List.of(
                Buffer.buffer(RawCalls.call(1, "one"))
                        .appendBytes(RawCalls.frame(
                                CallFrameWriter.CALL, 2, RawCalls.message(headers, Buffer.buffer("two"))))
                        .appendBytes(RawCalls.frame(CallFrameWriter.CANCEL, 1, new byte[0]))
                        .getBytes(),
                RawCalls.frame(CallFrameWriter.CALL, 1, new byte[] {0, 0, 0, 2, 1, 9}),
                RawCalls.frame(CallFrameWriter.CALL, 1, new byte[] {0, 0, 0, 7, 0, -1, -1, -1, -1, -1, 1}),
                new byte[] {0, 0, 0, 4, 1, 0, 0, 0},
                new byte[] {127, -1, -1, -1});
    }
}
