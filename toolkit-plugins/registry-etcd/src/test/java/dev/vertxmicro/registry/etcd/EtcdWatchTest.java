package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.watch.RangeWatch;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.EtcdServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Watching through a line that fails in every way. */
@Requires(Requirement.ETCD)
class EtcdWatchTest extends EtcdFixture {
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final ServiceInfo ONE = service("greeter", node("greeter-1"));
    private static final ServiceInfo TWO = service("greeter", node("greeter-2"));

    private EtcdServer server() {
        return closing(EtcdServer.start(directory));
    }

    private FreezingRelay before(EtcdServer server) {
        return closing(FreezingRelay.to(server.port()));
    }

    private static RecordingWatcher watching(Registry registry) {
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch(changes));
        return changes;
    }

    /** The watch is behind by more than etcd holds for it, and the way from there is compacted away. */
    @Test
    void listsAnewWhatEtcdHasCompactedAway() {
        EtcdServer server = server();
        FreezingRelay relay = before(server);
        Registry writer = registry(server.address());
        ServiceInfo first = service("compacted", node("compacted-1"));
        ServiceInfo last = service("compacted", node("compacted-9"));
        ServiceInfo many = service(
                "compacted",
                IntStream.range(0, 600)
                        .mapToObj(n -> new Node("compacted-5" + n, "127.0.0.1:1", Map.of("long", "x".repeat(2000))))
                        .toArray(Node[]::new));
        Await.result(writer.register(first, TTL));
        Registry reader = registry(relay.address());
        RecordingWatcher changes = RecordingWatcher.of("compacted");
        Await.result(reader.watch("compacted", changes));
        try (RecordedLogs logs = RecordedLogs.of(RangeWatch.class)) {
            relay.freeze();
            Await.result(writer.register(many, TTL));
            Await.result(writer.deregister(first));
            Await.result(writer.register(last, TTL));
            server.compact();
            relay.heal();
            String line = logs.next();
            while (!line.contains("etcd: watch of compacted begins anew")) {
                line = logs.next();
            }
        }
        Set<String> told = new HashSet<>();
        while (!told.contains("CREATE compacted-9")) {
            RegistryChange next = changes.next();
            told.add(next.action() + " " + next.service().nodes().get(0).id());
        }
        assertThat(told.contains("DELETE compacted-1")).isTrue();
        assertThat(told).hasSize(602);
        assertThat(Await.result(reader.get("compacted")).get(0).nodes()).hasSize(601);
    }

    @Test
    void tellsWithinItsTimeOfANodeThatDiesWhileConnectionsAreCut() {
        EtcdServer server = server();
        FreezingRelay relay = before(server);
        Registry writer = registry(server.address());
        Registry reader = registry(relay.address());
        RecordingWatcher changes = watching(reader);
        Await.result(writer.register(ONE, SHORT));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
        long died = System.nanoTime();
        long cutting = vertx.setPeriodic(
                400,
                due -> vertx.executeBlocking(() -> {
                    relay.cut();
                    return "";
                }));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, ONE));
        vertx.cancelTimer(cutting);
        System.out.printf(
                "etcd: a node that dies (3 s) under a watch cut every 400 ms: told after %d ms%n",
                since(died).toMillis());
        assertThat(since(died)).isLessThan(SHORT.plusSeconds(1));
        assertThat(relay.connections()).isGreaterThan(2);
    }

    /** Nothing tells that the connection is gone: no end, no reset. What has gone meanwhile is not taken for forgotten. */
    @Test
    void noticesAConnectionThatWasDroppedSilentlyAndWhatHasGoneMeanwhile() {
        EtcdServer server = server();
        FreezingRelay relay = before(server);
        Registry writer = registry(server.address());
        ServiceInfo sole = service("sole", node("sole-1"));
        Registry reader = registry(EtcdRegistryOptions.DEFAULTS
                .withAddresses(List.of(relay.address()))
                .withRequestTimeout(Duration.ofSeconds(1)));
        RecordingWatcher changes = watching(reader);
        RecordingWatcher soles = RecordingWatcher.of("sole");
        Await.result(reader.watch("sole", soles));
        Await.result(writer.register(TWO, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, TWO));
        Await.result(writer.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
        Await.result(writer.register(sole, TTL));
        assertThat(soles.next()).isEqualTo(change(Action.CREATE, sole));
        relay.forget();
        long start = System.nanoTime();
        Await.result(writer.deregister(ONE));
        Await.result(writer.deregister(sole));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, ONE));
        assertThat(soles.next()).isEqualTo(change(Action.DELETE, sole));
        System.out.printf(
                "etcd: a watch whose connection was dropped silently goes on after %d ms%n",
                since(start).toMillis());
        assertThat(since(start)).isLessThan(Duration.ofSeconds(12));
    }

    @Test
    void asksAgainOnANewConnectionWhenTheOldOneWasDroppedSilently() {
        EtcdServer server = server();
        FreezingRelay relay = before(server);
        Registry registry = registry(EtcdRegistryOptions.DEFAULTS
                .withAddresses(List.of(relay.address()))
                .withRequestTimeout(Duration.ofSeconds(1)));
        Await.result(registry.register(ONE, TTL));
        relay.forget();
        assertThat(Await.failure(registry.get("greeter")).detail()).contains("no answer within 1000 ms");
        assertThat(Await.result(registry.get("greeter"))).containsExactly(ONE);
    }

    /** etcd breaks a connection off after three pings too many. */
    @Test
    void keepsAConnectionWithManyQuietWatches() {
        EtcdServer server = server();
        FreezingRelay relay = before(server);
        Registry registry = registry(relay.address());
        List<String> names = IntStream.range(0, 8).mapToObj(n -> "quiet-" + n).toList();
        names.forEach(name -> Await.result(registry.watch(name, change -> {})));
        RecordingWatcher changes = RecordingWatcher.of("quiet-0");
        Await.result(registry.watch("quiet-0", changes));
        int connections = relay.connections();
        vertx.setTimer(10_000, due -> registry.register(service("quiet-0", node("quiet-0-1")), TTL));
        assertThat(changes.next().action()).isEqualTo(Action.CREATE);
        assertThat(relay.connections()).isEqualTo(connections);
    }

    /** No ghost: the node died while etcd was away, and its lease with it. */
    @Test
    void forgetsANodeThatDiedWhileEtcdWasAwayAndKeepsTheOthers() {
        EtcdServer server = server();
        Registry living = registry(server.address());
        Registry dying = registry(server.address());
        Registry reader = registry(server.address());
        RecordingWatcher changes = watching(reader);
        Await.result(living.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
        Await.result(dying.register(TWO, SHORT));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, TWO));
        server.kill();
        Await.result(dying.close());
        assertThat(Await.result(reader.get("greeter")).get(0).nodes()).hasSize(2);
        server.start();
        long back = System.nanoTime();
        Await.result(living.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, TWO));
        System.out.printf(
                "etcd: back with old data, the dead node (3 s) is gone after %d ms%n",
                since(back).toMillis());
        assertThat(since(back)).isLessThan(SHORT.plusSeconds(3));
        assertThat(Await.result(reader.get("greeter"))).containsExactly(ONE);
    }

    /** Kept for the grace: etcd has forgotten all, with more writes since than there were before. */
    @Test
    void takesAnEmptyEtcdForOneThatHasForgottenThoughItCountsOn() {
        EtcdServer server = server();
        Registry writer = registry(server.address());
        FreezingRelay relay = before(server);
        Await.result(writer.register(ONE, TTL));
        Registry cut = registry(relay.address());
        RecordingWatcher changes = watching(cut);
        relay.freeze();
        server.kill();
        server.startEmpty();
        for (int i = 0; i < 20; i++) {
            server.put("other", String.valueOf(i));
        }
        Await.result(writer.register(TWO, TTL));
        relay.heal();
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, TWO));
        assertThat(Await.result(cut.get("greeter")).get(0).nodes())
                .containsExactly(node("greeter-1"), node("greeter-2"));
    }

    @Test
    void callsAgainWhenTheConnectionHadEndedMeanwhile() {
        EtcdServer server = server();
        Registry registry = registry(server.address());
        Await.result(registry.register(ONE, TTL));
        server.stop();
        server.start();
        assertThat(Await.result(registry.get("greeter"))).containsExactly(ONE);
    }
}
