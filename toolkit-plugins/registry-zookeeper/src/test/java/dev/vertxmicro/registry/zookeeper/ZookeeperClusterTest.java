package dev.vertxmicro.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three servers, whose leader is killed. */
class ZookeeperClusterTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final int BEFORE = 10;
    private static final int AFTER = 10;
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final List<ZooKeeperServer> servers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final CountDownLatch complete = new CountDownLatch(BEFORE + AFTER);
    private final AtomicInteger lost = new AtomicInteger();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        servers.forEach(ZooKeeperServer::close);
    }

    @Test
    void registersWatchesAndFindsWhileTheLeaderIsKilled() throws InterruptedException {
        servers.addAll(ZooKeeperServer.ensemble(directory, 3));
        ZookeeperRegistryOptions options = ZookeeperRegistryOptions.DEFAULTS.withAddresses(
                servers.stream().map(ZooKeeperServer::address).toList());
        ZookeeperRegistry writer = ZookeeperRegistry.create(vertx, options);
        ZookeeperRegistry watcher = ZookeeperRegistry.create(vertx, options);
        Await.result(watcher.watch("greeter", this::changed));
        for (int i = 0; i < BEFORE; i++) {
            assertThat(write(writer)).isTrue();
        }
        servers.stream()
                .filter(ZooKeeperServer::leads)
                .findFirst()
                .orElseThrow()
                .kill();
        long killed = System.nanoTime();
        int failed = 0;
        while (!write(writer)) {
            failed++;
        }
        long taken = System.nanoTime();
        while (nodes.size() < BEFORE + AFTER) {
            write(writer);
        }
        assertThat(complete.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("seen: " + seen)
                .isTrue();
        List<ServiceInfo> found = Await.result(watcher.get("greeter"));
        System.out.printf(
                Locale.ROOT,
                "three ZooKeeper servers, leader killed with -9: writes failed %d, first write taken after %d ms;"
                        + " %d nodes registered, %d seen, %d lost%n",
                failed,
                TimeUnit.NANOSECONDS.toMillis(taken - killed),
                nodes.size(),
                seen.size(),
                lost.get());
        assertThat(lost).as("lost").hasValue(0);
        assertThat(found).singleElement().satisfies(service -> assertThat(service.nodes())
                .hasSize(BEFORE + AFTER));
        Await.result(Future.join(writer.close(), watcher.close()));
    }

    /** Registers one more node, and renews the others, as heartbeats do. */
    private boolean write(ZookeeperRegistry writer) {
        Node node = new Node("greeter-" + nodes.size(), "127.0.0.1:" + (9000 + nodes.size()), Map.of());
        List<Node> all = new ArrayList<>(nodes);
        all.add(node);
        boolean done = Await.result(writer.register(new ServiceInfo("greeter", "1.0.0", Map.of(), List.of(), all), TTL)
                .transform(result -> Future.succeededFuture(result.succeeded())));
        if (done) {
            nodes.add(node);
        }
        return done;
    }

    private void changed(RegistryChange change) {
        String id = change.service().nodes().get(0).id();
        if (change.action() == RegistryChange.Action.DELETE) {
            lost.incrementAndGet();
        } else if (seen.add(id)) {
            complete.countDown();
        }
    }
}
