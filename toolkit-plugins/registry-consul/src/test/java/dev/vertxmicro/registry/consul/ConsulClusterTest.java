package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers, whose leader is killed. */
@Requires(Requirement.CONSUL)
class ConsulClusterTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final int BEFORE = 10;
    private static final int AFTER = 20;
    private static final long ELECTION_SECONDS = 20;

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final List<ConsulAgent> servers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final CountDownLatch complete = new CountDownLatch(BEFORE + AFTER);
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger failedGets = new AtomicInteger();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        servers.forEach(ConsulAgent::close);
    }

    @Test
    void registersWatchesAndFindsWhileTheLeaderIsKilled() throws InterruptedException {
        servers.addAll(ConsulAgent.cluster(directory, 3));
        ConsulAgent leader =
                servers.stream().filter(ConsulAgent::leads).findFirst().orElseThrow();
        // The leader first, so that all have to leave it.
        List<String> addresses = new ArrayList<>(List.of(leader.address()));
        servers.stream()
                .map(ConsulAgent::address)
                .filter(one -> !addresses.contains(one))
                .forEach(addresses::add);
        ConsulOptions options = ConsulOptions.DEFAULTS.withAddresses(addresses);
        ConsulRegistry writer = ConsulRegistry.create(vertx, options);
        ConsulRegistry watcher = ConsulRegistry.create(vertx, options);
        ConsulRegistry reader = ConsulRegistry.create(vertx, options);
        Await.result(watcher.watch("greeter", this::changed));
        for (int i = 0; i < BEFORE; i++) {
            write(writer);
        }
        long asking = vertx.setPeriodic(20, tick -> ask(reader));
        leader.kill();
        long killed = System.nanoTime();
        int failed = 0;
        while (!write(writer)) {
            failed++;
        }
        long taken = System.nanoTime();
        String first = nodes.get(nodes.size() - 1).id();
        while (nodes.size() < BEFORE + AFTER) {
            write(writer);
        }
        assertThat(complete.await(ELECTION_SECONDS, TimeUnit.SECONDS))
                .as("seen: " + seen.keySet())
                .isTrue();
        vertx.cancelTimer(asking);
        int missing = missing(Await.result(watcher.get("greeter")));
        System.out.printf(
                Locale.ROOT,
                "three Consul servers, leader killed with -9: writes failed %d, first write taken after %d ms and seen by a"
                        + " watcher after %d ms; %d nodes registered, %d seen, %d lost; get: %d calls, %d failed%n",
                failed,
                millis(taken - killed),
                millis(seen.getOrDefault(first, 0L) - killed),
                nodes.size(),
                seen.size(),
                missing + lost.get(),
                gets.get(),
                failedGets.get());
        assertThat(missing + lost.get()).as("lost").isZero();
        assertThat(failedGets).as("failed look-ups").hasValue(0);
        assertThat(gets).hasPositiveValue();
        assertThat(failed).as("failed writes").isZero();
        assertThat(nodes.stream().allMatch(node -> seen.containsKey(node.id()))).isTrue();
    }

    /** Registers one more node, and renews the others, as heartbeats do. */
    private boolean write(ConsulRegistry writer) {
        Node node = new Node("greeter-" + nodes.size(), "127.0.0.1:" + (9000 + nodes.size()), Map.of());
        List<Node> all = new ArrayList<>(nodes);
        all.add(node);
        boolean done = Await.result(writer.register(new ServiceInfo("greeter", "1.0.0", Map.of(), List.of(), all), TTL)
                .transform(result -> io.vertx.core.Future.succeededFuture(result.succeeded())));
        if (done) {
            nodes.add(node);
        }
        return done;
    }

    private void changed(RegistryChange change) {
        String id = change.service().nodes().get(0).id();
        if (change.action() == RegistryChange.Action.DELETE) {
            lost.incrementAndGet();
        } else if (seen.putIfAbsent(id, System.nanoTime()) == null) {
            complete.countDown();
        }
    }

    private void ask(ConsulRegistry reader) {
        reader.get("greeter").onComplete(found -> {
            gets.incrementAndGet();
            if (found.failed()) {
                failedGets.incrementAndGet();
            }
        });
    }

    private int missing(List<ServiceInfo> found) {
        long there = found.stream()
                .flatMap(one -> one.nodes().stream())
                .filter(nodes::contains)
                .count();
        return nodes.size() - (int) there;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
