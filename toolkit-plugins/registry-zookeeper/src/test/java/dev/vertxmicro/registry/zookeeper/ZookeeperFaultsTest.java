package dev.vertxmicro.registry.zookeeper;

import static dev.vertxmicro.registry.zookeeper.RegisteringProgram.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die, connections that are cut, frozen or slow, and a server that is killed and remembers. */
class ZookeeperFaultsTest {
    private static final Duration TTL = Duration.ofSeconds(3);
    private static final Duration TOLD = TTL.plusSeconds(1);

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final RecordingWatcher changes = RecordingWatcher.of("fault");
    private @Nullable ZooKeeperServer started;

    @BeforeEach
    void start() {
        started = ZooKeeperServer.alone(directory);
        open.add(started);
    }

    private ZooKeeperServer server() {
        return Objects.requireNonNull(started);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        vertx.close().await(30, TimeUnit.SECONDS); // sessions whose connection was cut end late
    }

    private ZookeeperRegistry registry(String address) {
        ZookeeperRegistry registry =
                ZookeeperRegistry.create(vertx, ZookeeperRegistryOptions.DEFAULTS.withAddresses(List.of(address)));
        open.add(0, () -> Await.result(registry.close()));
        return registry;
    }

    private FreezingRelay relay() {
        FreezingRelay relay = FreezingRelay.to(server().port());
        open.add(1, relay);
        return relay;
    }

    /** Registers, and renews until the test ends. */
    private void keep(ZookeeperRegistry registry, String id) {
        Await.result(registry.register(service("fault", id), TTL));
        vertx.setPeriodic(TTL.toMillis() / 3, tick -> registry.register(service("fault", id), TTL));
    }

    private JavaProcess process(Duration ttl) {
        JavaProcess process = JavaProcess.start(
                RegisteringProgram.class.getName(), server().address(), "fault", String.valueOf(ttl.toSeconds()));
        open.add(0, process);
        process.await("registered");
        return process;
    }

    private static RegistryChange change(Action action, String id) {
        return new RegistryChange(action, service("fault", id));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void measured(String what, Duration took) {
        System.out.printf(Locale.ROOT, "measured: %s after %.1f s%n", what, took.toMillis() / 1000.0);
    }

    @Test
    void forgetsAKilledProcessWhenItsTimeHasPassed() {
        Await.result(registry(server().address()).watch(changes));
        JavaProcess process = process(TTL);
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "process"));
        process.close();
        long killed = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "process"));
        measured("killed process gone", since(killed));
        assertThat(since(killed)).isLessThan(TOLD);
    }

    @Test
    void seesANodeDieWhileItsConnectionIsCutEveryFewSeconds() {
        Duration ttl = Duration.ofSeconds(6);
        FreezingRelay relay = relay();
        ZookeeperRegistry watching = registry(relay.address());
        Await.result(watching.watch(changes));
        JavaProcess process = process(ttl);
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "process"));
        relay.cut();
        vertx.setPeriodic(2000, tick -> relay.cut());
        process.close();
        long killed = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "process"));
        measured("killed process gone, time to live 6 s, under cuts", since(killed));
        assertThat(since(killed)).isLessThan(ttl.plusSeconds(1));
    }

    @Test
    void registersAnewWhatALostSessionHeld() {
        Await.result(registry(server().address()).watch(changes));
        FreezingRelay relay = relay();
        keep(registry(relay.address()), "kept");
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "kept"));
        long frozen = System.nanoTime();
        relay.freeze();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "kept"));
        assertThat(since(frozen)).isLessThan(TOLD);
        relay.heal();
        long healed = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "kept"));
        measured("registered anew after a cut longer than the session", since(healed));
        assertThat(since(healed)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void tellsAfterACutWhatHappenedMeanwhile() {
        FreezingRelay relay = relay();
        Await.result(registry(relay.address()).watch(changes));
        ZookeeperRegistry writer = registry(server().address());
        Await.result(writer.register(service("fault", "before"), Duration.ofSeconds(60)));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "before"));
        relay.freeze();
        Await.result(writer.deregister(service("fault", "before")));
        Await.result(writer.register(service("fault", "meanwhile"), Duration.ofSeconds(60)));
        relay.heal();
        relay.cut();
        long healed = System.nanoTime();
        assertThat(List.of(changes.next(), changes.next()))
                .containsExactlyInAnyOrder(change(Action.DELETE, "before"), change(Action.CREATE, "meanwhile"));
        measured("changes during a cut told", since(healed));
    }

    @Test
    void keepsTheLivingAndDropsTheDeadWhenAKilledServerComesBackWithItsMemory() {
        Await.result(registry(server().address()).watch(changes));
        keep(registry(server().address()), "alive");
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "alive"));
        JavaProcess process = process(TTL);
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "process"));
        server().kill();
        process.close();
        server().start();
        long back = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "process"));
        measured("killed process gone after the server was back", since(back));
        assertThat(Await.result(registry(server().address()).get("fault"))).containsExactly(service("fault", "alive"));
    }

    @Test
    void goesOnWithAServerThatIsSlowByTwoSeconds() {
        ZookeeperRegistry fast = registry(server().address());
        Await.result(fast.register(service("fault", "fast"), Duration.ofSeconds(60)));
        SlowRelay relay = new SlowRelay(server().port(), Duration.ofSeconds(2));
        open.add(relay);
        ZookeeperRegistry slow = registry(relay.address());
        Await.result(slow.register(service("fault", "slow"), Duration.ofSeconds(60)));
        assertThat(Await.result(fast.get("fault"))).singleElement().satisfies(found -> assertThat(found.nodes())
                .hasSize(2));
        long asked = System.nanoTime();
        assertThat(Await.result(slow.get("fault"))).hasSize(1);
        measured("look-up through a relay slow by 2 s", since(asked));
        Await.result(slow.watch(changes));
        Await.result(fast.deregister(service("fault", "fast")));
        long left = System.nanoTime();
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "fast"));
        measured("change told through a relay slow by 2 s", since(left));
    }

    @Test
    void saysClearlyThatNobodyIsThereAndGoesOnWhenSomebodyIs() {
        server().kill();
        ZookeeperRegistry registry = ZookeeperRegistry.create(
                vertx,
                ZookeeperRegistryOptions.DEFAULTS
                        .withAddresses(List.of(server().address(), "127.0.0.1:" + FreePorts.next()))
                        .withRequestTimeout(Duration.ofSeconds(1)));
        open.add(0, () -> Await.result(registry.close()));
        MicroException away = Await.failure(registry.register(service("fault", "n1"), TTL));
        assertThat(away.code()).isEqualTo(500);
        assertThat(away.detail()).contains("zookeeper at " + server().address(), "not connected within 1000 ms");
        assertThat(Await.failure(registry.watch(changes)).code()).isEqualTo(500);
        server().start();
        Await.result(ended(registry));
        assertThat(Await.result(asked(registry))).containsExactly(service("fault", "n1"));
    }

    /** Looks up, as often as it takes: by another session than the one that registers. */
    private static Future<List<ServiceInfo>> asked(ZookeeperRegistry registry) {
        return registry.get("fault").recover(failure -> asked(registry));
    }

    /** Registers, as often as it takes. */
    private static Future<Void> ended(ZookeeperRegistry registry) {
        return registry.register(service("fault", "n1"), TTL).recover(failure -> ended(registry));
    }

    @Test
    void endsItsSessionsWithVertx() {
        Await.result(registry(server().address()).watch(changes));
        Vertx closing = Vertx.vertx();
        ZookeeperRegistry forgotten = ZookeeperRegistry.create(
                closing, ZookeeperRegistryOptions.DEFAULTS.withAddresses(List.of(server().address())));
        Await.result(forgotten.register(service("fault", "forgotten"), Duration.ofSeconds(60)));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, "forgotten"));
        long left = System.nanoTime();
        Await.result(closing.close());
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, "forgotten"));
        measured("session of a Vert.x that was closed gone", since(left));
        assertThat(since(left)).isLessThan(Duration.ofSeconds(5));
    }
}
