package dev.vertxmicro.bench.broker;

import dev.vertxmicro.bench.measure.Heap;
import dev.vertxmicro.broker.mqtt.MqttPayload;
import dev.vertxmicro.testkit.server.Mosquitto;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Messages from a publisher to a subscriber through one real Mosquitto: with the bare MQTT client of Vert.x, with our broker
 * and raw payloads, with our broker and go-micro's envelope. The same window for all, in turns.
 */
public final class BrokerBench {
    private static final double RAW_GOAL = 0.9;
    private static final double MICRO_GOAL = 0.5;
    private static final double HEAP_GOAL = 1.1;

    private final int messages;
    private final int rounds;
    private final PrintStream out;

    BrokerBench(int messages, int rounds, PrintStream out) {
        this.messages = messages;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * Measures and prints. Fails if a message was wrong, missing, doubled or out of order.
     *
     * @param args none; {@code bench.messages} and {@code bench.rounds} shorten or lengthen it
     * @throws Exception if a message was wrong
     */
    public static void main(String[] args) throws Exception {
        new BrokerBench(
                        Integer.getInteger("bench.messages", 200_000),
                        Integer.getInteger("bench.rounds", 3),
                        System.out)
                .run();
        System.exit(0);
    }

    void run() throws Exception {
        Path directory = Files.createTempDirectory("broker-bench");
        try (Mosquitto server = Mosquitto.start(
                directory, "max_inflight_messages 200", "max_queued_messages 0", "set_tcp_nodelay true")) {
            out.printf("%-22s %-6s %12s %26s %10s%n", "", "", "messages/s", "min..max", "CPU us");
            for (int qos : new int[] {0, 1}) {
                for (int bytes : new int[] {64, 1024}) {
                    compare(server.address(), new MessageLoad(qos, bytes, messages));
                }
            }
            memory(server.address(), new MessageLoad(1, 64, messages * 5));
        }
        out.println("CPU: of publisher and subscriber together, a message; Mosquitto's is not in it");
    }

    /** A contender that takes part, and how it does. */
    private record Entrant(String name, Transfer transfer, List<BrokerSample> samples) {
        static Entrant warm(String name, BrokerContender contender, MessageLoad load) throws Exception {
            Transfer transfer = Transfer.open(contender, load);
            transfer.run(Math.max(1, load.messages() / 2), number -> {});
            return new Entrant(name, transfer, new ArrayList<>());
        }

        double perSecond() {
            return median(samples, BrokerSample::perSecond);
        }
    }

    private void compare(String address, MessageLoad load) throws Exception {
        Entrant bare = Entrant.warm("bare", new BareClient(address, load), load);
        Entrant raw = Entrant.warm("raw", new OurBroker(address, load, MqttPayload.RAW), load);
        Entrant micro = Entrant.warm("micro", new OurBroker(address, load, MqttPayload.MICRO), load);
        List<Entrant> entrants = List.of(bare, raw, micro);
        for (int round = 0; round < rounds; round++) {
            for (Entrant entrant : entrants) {
                entrant.samples().add(entrant.transfer().run(load.messages(), number -> {}));
            }
        }
        for (Entrant entrant : entrants) {
            entrant.transfer().close();
            line(load, entrant.name(), entrant.samples());
        }
        ratio("raw/bare " + load.name(), raw.perSecond() / bare.perSecond(), RAW_GOAL);
        ratio("micro/bare " + load.name(), micro.perSecond() / bare.perSecond(), MICRO_GOAL);
    }

    private void line(MessageLoad load, String name, List<BrokerSample> samples) {
        List<Double> perSecond =
                samples.stream().map(BrokerSample::perSecond).sorted().toList();
        out.printf(
                Locale.ROOT,
                "%-22s %-6s %12.0f %12.0f..%-12.0f %10.1f%n",
                load.name(),
                name,
                median(samples, BrokerSample::perSecond),
                perSecond.get(0),
                perSecond.get(perSecond.size() - 1),
                median(samples, BrokerSample::cpuMicros));
    }

    private void ratio(String name, double ratio, double goal) {
        out.printf(
                Locale.ROOT, "ratio broker:%s %.2f goal %.2f%s%n", name, ratio, goal, ratio >= goal ? "" : " MISSED");
    }

    /** Collects after a tenth of the messages and after all of them. */
    private void memory(String address, MessageLoad load) throws Exception {
        for (MqttPayload payload : MqttPayload.values()) {
            Transfer transfer = Transfer.open(new OurBroker(address, load, payload), load);
            long[] heap = new long[2];
            int tenth = Math.max(1, load.messages() / 10);
            transfer.run(load.messages(), number -> {
                if (number == tenth) {
                    heap[0] = Heap.afterCollection();
                } else if (number == load.messages()) {
                    heap[1] = Heap.afterCollection();
                }
            });
            transfer.close();
            double growth = (double) heap[1] / heap[0];
            out.printf(
                    Locale.ROOT,
                    "ratio broker:heap-end/heap-10%% %s, %,d messages: %.1f MB, %.1f MB: %.2f goal <=%.2f%s%n",
                    payload.name().toLowerCase(Locale.ROOT),
                    load.messages(),
                    heap[0] / 1e6,
                    heap[1] / 1e6,
                    growth,
                    HEAP_GOAL,
                    growth <= HEAP_GOAL ? "" : " MISSED");
        }
    }

    private static double median(List<BrokerSample> samples, ToDoubleFunction<BrokerSample> value) {
        return samples.stream()
                .sorted(Comparator.comparingDouble(value))
                .skip(samples.size() / 2)
                .findFirst()
                .map(value::applyAsDouble)
                .orElseThrow();
    }
}
