package dev.vertxmicro.transport.http.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private final List<String> read = new ArrayList<>();

    private final MemoryBudget budget = MemoryBudget.alone(1 << 30);

    private FrameReader reader() {
        return new FrameReader(
                1024,
                10_000,
                budget.share(),
                (head, body) -> read.add(head.status() + "|" + head.headers().value("A", "") + "|"
                        + head.headers().size() + "|" + body));
    }

    /** What Go and what we write, with heads that repeat, differ in length alone, or differ. */
    @SuppressWarnings("StringConcatToTextBlock") // its lines end in CR LF
    private static String mixed() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            all.append(ours("x".repeat(i))).append(ours("y".repeat(i % 3)));
            all.append("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: go\r\nB: c\r\n\r\nhi");
            all.append("HTTP/1.1 200 OK\r\nContent-Length: 20\r\nA: go\r\nB: c\r\n\r\n" + "z".repeat(20));
            all.append("POST / HTTP/1.1\r\n"
                    + "Transfer-Encoding: chunked\r\n"
                    + "A: chunks\r\n\r\n"
                    + "3\r\n"
                    + "abc\r\n"
                    + "A;x=y\r\n"
                    + "0123456789\r\n");
            all.append("0\r\nTrailer: t\r\n\r\n");
            all.append("HTTP/1.1 404 Not Found\r\nA:\r\n\r\n");
        }
        return all.toString();
    }

    private static String ours(String body) {
        return "HTTP/1.1 200 OK\r\nA: ours\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private List<String> readInPieces(String bytes, Random random, int most) throws FrameException {
        read.clear();
        FrameReader reader = reader();
        for (int at = 0; at < bytes.length(); ) {
            int to = Math.min(bytes.length(), at + 1 + random.nextInt(most));
            reader.feed(Buffer.buffer(bytes.substring(at, to)));
            at = to;
        }
        assertThat(reader.inside()).isFalse();
        return List.copyOf(read);
    }

    @Test
    void readsTheSameWhereverTheBytesAreCut() throws FrameException {
        String bytes = mixed();
        List<String> whole = readInPieces(bytes, new Random(1), 1_000_000);
        assertThat(whole)
                .hasSize(12 * 6)
                .contains("200 OK|ours|1|xxxxxxxxxxx", "200 OK|go|2|hi", "|chunks|1|abc0123456789");
        assertThat(whole).contains("404 Not Found||1|");
        assertThat(readInPieces(bytes, new Random(1), 1)).isEqualTo(whole);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            assertThat(readInPieces(bytes, random, 1 + i)).isEqualTo(whole);
        }
    }

    @Test
    void readsWhatTheWriterWrites() throws FrameException {
        List<Buffer> written = new ArrayList<>();
        FrameWriter.Output output = new FrameWriter.Output() {
            @Override
            public void write(Buffer bytes, Runnable left) {
                written.add(bytes);
                left.run();
            }

            @Override
            public boolean full() {
                return false;
            }

            @Override
            public void flushed() {}

            @Override
            public void close() {
                written.add(Buffer.buffer());
            }

            @Override
            public void abort() {
                written.clear();
            }
        };
        FrameWriter writer = new FrameWriter("HTTP/1.1 200 OK\r\n", Runnable::run, output, 1000, budget.share());
        Metadata headers = Metadata.of("A", "grüße\r\nB: injected").with("Content-Length", "99");
        for (int length : new int[] {0, 9, 10, 99, 100, 999, 1000, 9999}) {
            assertThat(writer.write(headers, Buffer.buffer("x".repeat(length)), Promise::promise)
                            .succeeded())
                    .isTrue();
        }
        FrameReader reader = reader();
        for (Buffer bytes : written) {
            reader.feed(bytes);
        }
        assertThat(read).hasSize(8).contains("200 OK|grüße  B: injected|1|", "200 OK|grüße  B: injected|1|xxxxxxxxx");
        writer.close();
        assertThat(writer.write(headers, Buffer.buffer(), Promise::promise).failed())
                .isTrue();
        assertThat(written.get(written.size() - 1).length()).isZero();
    }

    @Test
    void refusesWhatPassesTheLimits() {
        assertThatThrownBy(() -> reader().feed(Buffer.buffer("POST / HTTP/1.1\r\nA: " + "x".repeat(1100))))
                .hasMessage("headers exceed 1024 bytes");
        assertThatThrownBy(() -> reader().feed(Buffer.buffer("POST / HTTP/1.1\r\nContent-Length: 10001\r\n\r\n")))
                .hasMessage("message exceeds 10000 bytes");
        String chunked = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThatThrownBy(() -> reader().feed(Buffer.buffer(chunked + "1388\r\n" + "x".repeat(5000) + "\r\n1389\r\n")))
                .hasMessage("message exceeds 10000 bytes");
        assertThatThrownBy(() -> reader().feed(Buffer.buffer(chunked + "FFFFFFFF\r\n")))
                .hasMessage("malformed chunk size");
        assertThatThrownBy(() -> reader().feed(Buffer.buffer(chunked + "1\r\nabc\r\n")))
                .hasMessageContaining("chunk");
        FrameReader known = reader();
        assertThatThrownBy(() -> {
                    known.feed(Buffer.buffer(ours("x")));
                    known.feed(Buffer.buffer(ours("x").replace(": 1", ": 10001")));
                })
                .hasMessage("message exceeds 10000 bytes");
    }
}
