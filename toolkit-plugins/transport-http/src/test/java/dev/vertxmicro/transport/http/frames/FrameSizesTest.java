package dev.vertxmicro.transport.http.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of every size come out as they went in, however the bytes of a connection are cut. */
class FrameSizesTest {
    private static final int KIB = 1024;
    private static final int LIMIT = 16 * KIB * KIB;
    private static final int ROUNDS = 150;

    /** Sizes about which an array grows, shrinks, or is passed by, and one off each. */
    private static final int[] EDGES = {0, 1, 100, 8 * KIB, 16 * KIB, 64 * KIB, 128 * KIB, 256 * KIB, 300_000, 512 * KIB
    };

    private final MemoryBudget budget = MemoryBudget.alone(1 << 30);
    private final MemoryShare share = budget.share();

    private static Buffer body(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    private static Buffer framed(Buffer body, boolean chunked, Random random) {
        Buffer frame = Buffer.buffer("HTTP/1.1 200 OK\r\nA: b\r\n");
        if (!chunked) {
            return frame.appendString("Content-Length: " + body.length() + "\r\n\r\n")
                    .appendBuffer(body);
        }
        frame.appendString("Transfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); ) {
            int to = Math.min(body.length(), at + 1 + random.nextInt(200 * KIB));
            frame.appendString(Integer.toHexString(to - at) + "\r\n")
                    .appendBuffer(body.slice(at, to))
                    .appendString("\r\n");
            at = to;
        }
        return frame.appendString("0\r\n\r\n");
    }

    private static int size(Random random) {
        int edge = EDGES[random.nextInt(EDGES.length)];
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(200);
            case 1 -> Math.max(0, edge + random.nextInt(5) - 2);
            default -> random.nextInt(1 + random.nextInt(700 * KIB));
        };
    }

    /** What one read of a socket gives: a byte, a segment, a buffer, or all there is. */
    private static int cut(Random random) {
        return 1
                + switch (random.nextInt(5)) {
                    case 0 -> random.nextInt(20);
                    case 1 -> random.nextInt(1500);
                    case 2 -> 64 * KIB - 1;
                    case 3 -> random.nextInt(64 * KIB);
                    default -> random.nextInt(600 * KIB);
                };
    }

    @Test
    void messagesOfAnySizeComeOutHoweverTheyAreCut() throws FrameException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            List<Buffer> sent = new ArrayList<>();
            Buffer wire = Buffer.buffer();
            for (int i = 0; i < 12; i++) {
                Buffer body = body(size(random), seed * 100 + i);
                sent.add(body);
                wire.appendBuffer(framed(body, random.nextInt(4) == 0, random));
            }
            List<Buffer> read = new ArrayList<>();
            FrameReader reader = new FrameReader(KIB, LIMIT, share, (head, body) -> read.add(body));
            for (int at = 0; at < wire.length(); ) {
                int to = Math.min(wire.length(), at + cut(random));
                reader.feed(wire.slice(at, to));
                at = to;
            }
            assertThat(reader.inside()).as("seed " + seed).isFalse();
            assertThat(read.equals(sent)).as("seed " + seed).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 8 * KIB, 128 * KIB - 1, 128 * KIB, 128 * KIB + 1, 256 * KIB + 1, 300_000, LIMIT - 1, LIMIT})
    void aMessageOfEachSizeIsFollowedByTheNext(int size) throws FrameException {
        Buffer body = body(size, size);
        Buffer wire = framed(body, false, new Random(1));
        wire.appendBuffer(wire.copy()).appendBuffer(framed(Buffer.buffer("end"), false, new Random(1)));
        List<Buffer> read = new ArrayList<>();
        FrameReader reader = new FrameReader(KIB, LIMIT, share, (head, taken) -> read.add(taken));
        for (int at = 0; at < wire.length(); at += 64 * KIB) {
            reader.feed(wire.slice(at, Math.min(wire.length(), at + 64 * KIB)));
        }
        assertThat(read.equals(List.of(body, body, Buffer.buffer("end")))).isTrue();
    }

    @Test
    void keepsNoMoreThanHasCome() throws FrameException {
        FrameReader reader = new FrameReader(KIB, LIMIT, share, (head, body) -> {});
        reader.feed(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: " + LIMIT + "\r\n\r\nabc"));
        assertThat(budget.heldBytes()).isLessThan(64 * KIB);
        byte[] more = new byte[KIB * KIB];
        reader.feed(Buffer.buffer(more));
        assertThat(budget.heldBytes()).isLessThan(3 * KIB * KIB);
        reader.feed(Buffer.buffer(new byte[LIMIT - more.length - 3]));
        assertThat(reader.inside()).isFalse();
        assertThat(budget.heldBytes()).as("all handed over").isZero();
    }

    @Test
    void readsNothingAfterAFailure() throws FrameException {
        List<Buffer> read = new ArrayList<>();
        FrameReader reader = new FrameReader(KIB, LIMIT, share, (head, body) -> {
            read.add(body);
            throw new IllegalStateException("sink");
        });
        Buffer two = framed(Buffer.buffer("one"), false, new Random(1))
                .appendBuffer(framed(body(3, 1), false, new Random(1)));
        assertThatThrownBy(() -> reader.feed(two)).hasMessage("sink");
        reader.feed(two);
        assertThat(read).hasSize(1);
    }

    @Test
    void saysAtOnceThatBytesAreNoHttp() {
        byte[] settings = {0, 0, 18, 4, 0, 0, 0, 0, 0, 0};
        FrameReader reader = new FrameReader(KIB, LIMIT, share, (head, body) -> {});
        assertThatThrownBy(() -> reader.feed(Buffer.buffer(settings))).hasMessage("not an HTTP/1.1 message");
    }
}
