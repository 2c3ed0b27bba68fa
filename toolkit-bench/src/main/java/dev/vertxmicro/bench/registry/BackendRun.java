package dev.vertxmicro.bench.registry;

import dev.vertxmicro.bench.registry.backend.Backend;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What one backend takes with very many services in it.
 *
 * @param services how many services of three nodes
 * @param events   how many registrations are followed
 * @param rest     seconds for which a client at rest is measured; 0 for none
 * @param out      where the figures go
 */
record BackendRun(int services, int events, int rest, PrintStream out) {
    private static final int ROUNDS = 5;
    private static final int MOST_WARM_UP = 20;
    private static final long PATIENCE_SECONDS = 120;
    private static final long SETTLING_SECONDS = 3;
    private static final double MEGABYTE = 1e6;
    private static final double GOAL_BARE = 1.2;

    /** Measures and prints; fails if an answer was wrong. */
    void run(Backend backend) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            List<ServiceInfo> all =
                    IntStream.range(0, services).mapToObj(ManyServices::service).toList();
            double filled = seconds(() -> {
                backend.fill(vertx, all);
                return all;
            });
            out.printf(
                    Locale.ROOT,
                    "%s: %,d services of %d nodes, registered in %.1f s; load %.1f%n",
                    backend.name(),
                    services,
                    ManyServices.NODES,
                    filled,
                    load());
            lists(backend, vertx);
            client(backend, vertx);
            events(backend, vertx);
        } finally {
            await(vertx.close());
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private void lists(Backend backend, Vertx vertx) throws Exception {
        List<Double> lists = new ArrayList<>();
        List<Double> watches = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Registry client = backend.registry(vertx, backend.address());
            lists.add(seconds(() -> checked(await(client.list()))));
            await(client.close());
            Registry watcher = backend.registry(vertx, backend.address());
            watches.add(seconds(() -> await(watcher.watch(change -> {}))));
            check(watcher);
            await(watcher.close());
        }
        print(backend, "list", lists);
        print(backend, "watch", watches);
    }

    private void print(Backend backend, String what, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        out.printf(
                Locale.ROOT,
                "%-10s %-5s of all by a client that connects: %.0f ms, median of %d (%.0f..%.0f)%n",
                backend.name(),
                what,
                sorted.get(ROUNDS / 2) * 1e3,
                ROUNDS,
                sorted.get(0) * 1e3,
                sorted.get(ROUNDS - 1) * 1e3);
    }

    private void check(Registry watcher) throws Exception {
        checked(await(watcher.list()));
        for (int service = 0; service < services; service++) {
            String name = ManyServices.name(service);
            int nodes = await(watcher.get(name)).stream()
                    .mapToInt(version -> version.nodes().size())
                    .sum();
            if (nodes != ManyServices.NODES) {
                throw new IllegalStateException(name + ": " + nodes + " nodes (expected: " + ManyServices.NODES + ")");
            }
        }
    }

    /** Some backends list a service of their own. */
    private List<String> checked(List<String> names) {
        long ours = names.stream().filter(ManyServices::isOne).count();
        if (ours != services) {
            throw new IllegalStateException("listed: " + ours + " (expected: " + services + ")");
        }
        return names;
    }

    private void client(Backend backend, Vertx vertx) throws Exception {
        CountingRelay relay =
                new CountingRelay(vertx, Integer.parseInt(backend.address().replaceFirst(".*:", "")));
        String address = await(relay.start());
        long before = heap();
        Registry client = backend.registry(vertx, address);
        await(client.watch(change -> {}));
        check(client);
        TimeUnit.SECONDS.sleep(Math.min(rest, SETTLING_SECONDS));
        double heap = (heap() - before) / MEGABYTE;
        out.printf(Locale.ROOT, "%-10s heap of a client that watches all: %.2f MB%n", backend.name(), heap);
        if (rest > 0) {
            long bytes = relay.bytes();
            TimeUnit.SECONDS.sleep(rest);
            double minute = (relay.bytes() - bytes) * 60.0 / rest;
            out.printf(Locale.ROOT, "%-10s traffic of it at rest: %,.0f B a minute%n", backend.name(), minute);
        }
        check(client);
        await(client.close());
        await(relay.close());
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void events(Backend backend, Vertx vertx) throws Exception {
        TimedEvents one = new TimedEvents("one", new OurEvents(backend, vertx, "event-one", false));
        TimedEvents all = new TimedEvents("all", new OurEvents(backend, vertx, "event-all", true));
        TimedEvents bare = new TimedEvents("bare", backend.bare(vertx));
        List<TimedEvents> ways = List.of(one, all, bare);
        // In turns, so that what else the machine does meets all of them.
        int warmUp = Math.min(MOST_WARM_UP, events);
        for (int event = 0; event < warmUp + events; event++) {
            for (TimedEvents way : ways) {
                way.next("event-" + event, event >= warmUp);
            }
        }
        for (TimedEvents way : ways) {
            out.printf(Locale.ROOT, "%-10s event %s%n", backend.name(), way);
            way.close();
        }
        goal(backend.name() + "-one-p99-ms", one.millis(0.99), backend.goalMillis());
        goal(backend.name() + "-all-p99-ms", all.millis(0.99), backend.goalMillis());
        goal(backend.name() + "-one/bare", one.millis(0.5) / bare.millis(0.5), GOAL_BARE);
    }

    private void goal(String name, double value, double most) {
        out.printf(
                Locale.ROOT,
                "ratio registries:%s %.2f goal <=%s%s%n",
                name,
                value,
                most,
                value <= most ? "" : " MISSED");
    }

    private static double seconds(Callable<?> step) throws Exception {
        long begin = System.nanoTime();
        step.call();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
