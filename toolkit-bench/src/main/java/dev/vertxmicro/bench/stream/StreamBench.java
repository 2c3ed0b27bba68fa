package dev.vertxmicro.bench.stream;

import dev.vertxmicro.bench.measure.Heap;
import io.vertx.core.buffer.Buffer;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Messages of 32 bytes from server to client on one stream, each compared, and a NetSocket that carries the same bytes; client
 * and server in one JVM, an event loop each.
 */
public final class StreamBench {
    /** Messages in one write of bulk: what is left of a socket when no message is seen as one. */
    private static final int BATCH = 100;

    private final long messages;
    private final int rounds;
    private final PrintStream out;

    StreamBench(long messages, int rounds, PrintStream out) {
        this.messages = messages;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * Measures and prints. Fails if a message was wrong or missing.
     *
     * @param args none; {@code bench.messages} and {@code bench.rounds} shorten or lengthen it
     * @throws Exception if a message was wrong or missing
     */
    public static void main(String[] args) throws Exception {
        new StreamBench(Long.getLong("bench.messages", 1_000_000), Integer.getInteger("bench.rounds", 3), System.out)
                .run();
        System.exit(0);
    }

    void run() throws Exception {
        OurStream ours = OurStream.start();
        Buffer frame = Capture.frame(ours.address());
        BareSocket bare = BareSocket.start(frame, messages, 1);
        BareSocket bulk = BareSocket.start(frame, messages, BATCH);
        ours.receive(Math.max(1, messages / 4), received -> {});
        bare.receive();
        bulk.receive();
        List<Double> oursPerSecond = new ArrayList<>();
        List<Double> barePerSecond = new ArrayList<>();
        List<Double> bulkPerSecond = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            oursPerSecond.add(messages * 1e9 / ours.receive(messages, received -> {}));
            barePerSecond.add(messages * 1e9 / bare.receive());
            bulkPerSecond.add(messages * 1e9 / bulk.receive());
        }
        long[] heap = heap(ours);
        out.printf(Locale.ROOT, "%,d messages of 32 B, %d B each on the wire%n", messages, frame.length());
        line("ours", oursPerSecond);
        line("bare", barePerSecond);
        line("bulk", bulkPerSecond);
        out.printf(
                Locale.ROOT,
                "heap after collection: %.1f MB at 10 %%, %.1f MB at the end%n",
                heap[0] / 1e6,
                heap[1] / 1e6);
        double ratio = median(oursPerSecond) / median(barePerSecond);
        out.printf(Locale.ROOT, "ratio stream:ours/bare %.2f goal 0.50%s%n", ratio, ratio >= 0.5 ? "" : " MISSED");
        double growth = (double) heap[1] / heap[0];
        out.printf(
                Locale.ROOT,
                "ratio stream:heap-end/heap-10%% %.2f goal <=1.10%s%n",
                growth,
                growth <= 1.1 ? "" : " MISSED");
    }

    /** Collects in the middle of a stream and at its end, both ends of it still open. */
    private long[] heap(OurStream ours) throws Exception {
        long[] heap = new long[2];
        long tenth = Math.max(1, messages / 10);
        ours.receive(messages, received -> {
            if (received == tenth) {
                heap[0] = Heap.afterCollection();
            } else if (received == messages) {
                heap[1] = Heap.afterCollection();
            }
        });
        return heap;
    }

    private void line(String name, List<Double> perSecond) {
        out.printf(
                Locale.ROOT,
                "%-6s %12.0f messages/s  %12.0f..%.0f%n",
                name,
                median(perSecond),
                Collections.min(perSecond),
                Collections.max(perSecond));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
