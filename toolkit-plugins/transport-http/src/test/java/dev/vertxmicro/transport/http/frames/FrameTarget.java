package dev.vertxmicro.transport.http.frames;

import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.testkit.fuzz.FuzzTarget;
import dev.vertxmicro.testkit.fuzz.Inputs;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests and responses of a stream connection. However the bytes are cut, the messages are the same; each head is what it
 * is when it comes first, not what the one before it was.
 */
public final class FrameTarget implements FuzzTarget {
    private static final int MAX_HEADER = 8192;
    private static final int MAX_MESSAGE = 1 << 16;

    private record Frame(FrameHead head, Buffer body) {}

    private static List<String> frames(byte[] input, int piece) {
        List<String> frames = new ArrayList<>();
        FrameReader reader = new FrameReader(
                MAX_HEADER,
                MAX_MESSAGE,
                MemoryBudget.alone(1 << 30).share(),
                (head, body) -> frames.add(new Frame(head, body).toString()));
        try {
            for (int at = 0; at < input.length; at += piece) {
                reader.feed(Buffer.buffer(input).slice(at, Math.min(input.length, at + piece)));
            }
        } catch (FrameException declared) {
            frames.add("refused");
        }
        return frames;
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
        String head = "POST / HTTP/1.1\r\nHost: a:1\r\nMicro-Id: 0\r\nMicro-Stream: 0\r\n";
        return Inputs.of(
                head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + head + "Content-Length: 3\r\n\r\nabc" + head
                        + "Content-Length: 12\r\n\r\nabcdefghijkl",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nMicro-Error: EOS\r\n\r\n",
                head + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na" + head
                        + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                head + "Transfer-Encoding: chunked\r\n\r\nffffffff\r\n",
                head + "Content-Length: 4294967296\r\n\r\n",
                head + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nTrailer: x\r\n\r\n",
                "\r\n\r\n",
                head + "Content-Length: 1\r\n\r\na\001" + head + "\r\n");
    }
}
