package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.Cluster;
import dev.vertxmicro.verticle.Signals;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two JVMs in one cluster; the other is killed. */
class RegistryClusterTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    /** Two checks, and what the cluster takes to miss a member, on a busy machine. */
    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final List<Integer> ports = Cluster.freePorts(3);
    private Vertx vertx = Vertx.vertx();
    private Vertx third = vertx;

    @BeforeEach
    void join() throws Exception {
        Await.result(vertx.close());
        vertx = Cluster.join(ports.get(0), ports).await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void leave() {
        Await.result(third.close());
        Await.result(vertx.close());
    }

    private JavaProcess other(String what) {
        return JavaProcess.start(
                ClusterNode.class.getName(),
                what,
                ports.get(1).toString(),
                ports.get(0).toString(),
                ports.get(1).toString(),
                ports.get(2).toString());
    }

    private OutageRegistry memory(Recording<String> registered) {
        return new OutageRegistry(Registry.inMemory(VertxTimers.of(vertx)), registered::handle);
    }

    @Test
    void dropsWhatANodeRegisteredThatWasKilled() {
        Await.result(ClusterNode.host(vertx, memory(new Recording<>())));
        Recording<RegistryChange> changes = new Recording<>();
        Await.result(EventBusRegistry.create(vertx, ClusterNode.CLIENT).watch(changes));
        try (JavaProcess owner = other("owner")) {
            owner.await("ready");
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, Bus.service("remote", "r1")));
        }
        long killed = System.nanoTime();
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, Bus.service("remote", "r1")));
        // Long before its time to live.
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(WITHIN);
    }

    @Test
    void twoVerticlesRegisterOnceAndTheLivingTakesOver() {
        Recording<String> registered = new Recording<>();
        Recording<RegistryChange> changes = new Recording<>();
        Bus bus = new Bus(vertx);
        JsonObject plain = Bus.json("plain", "p1");
        try (JavaProcess there = other("host")) {
            there.await("ready");
            EventBusRegistry client = EventBusRegistry.create(vertx, ClusterNode.CLIENT);
            Await.result(client.watch(changes));
            Await.result(client.register(Bus.service("owned", "o1"), TTL));
            bus.ask("register", plain);
            there.await("registered o1");
            there.await("registered p1");
            changes.next();
            changes.next();
            Await.result(ClusterNode.host(vertx, memory(registered)));
            for (int i = 0; i < 4; i++) {
                bus.ask("register", plain);
                Await.result(client.register(Bus.service("owned", "o1"), TTL));
            }
            assertThat(registered.isEmpty()).isTrue();
            assertThat(there.lines()).noneMatch(line -> line.startsWith("registered"));
        }
        long killed = System.nanoTime();
        assertThat(List.of(registered.next(), registered.next())).containsExactlyInAnyOrder("o1", "p1");
        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(WITHIN);
        // Whoever watches saw no service go: the names are asked of the living one.
        assertThat(bus.ask("list", new JsonObject()).getJsonArray("services")).containsExactly("owned", "plain");
        assertThat(changes.isEmpty()).isTrue();
    }

    @Test
    void theLivingTakesOverFromOneThatHangsWhichBringsNothingBackWhenItGoesOn() {
        Recording<String> registered = new Recording<>();
        Bus bus = new Bus(vertx);
        // The one that hangs is in the smaller part of the cluster.
        third = Await.result(Cluster.join(ports.get(2), ports));
        try (JavaProcess there = other("beating")) {
            long pid = Signals.pid(there);
            there.await("ready");
            bus.ask("register", Bus.json("plain", "p1"));
            there.await("registered p1");
            there.await("registered p1");
            Await.result(ClusterNode.host(vertx, memory(registered)));
            Signals.send("STOP", pid);
            long frozen = System.nanoTime();
            Await.result(taken(registered));
            assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(WITHIN.plusSeconds(5));
            there.lines();
            Signals.send("CONT", pid);
            there.await("others have taken over what was registered here");
            there.lines();
            Await.result(vertx.timer(5, TimeUnit.SECONDS));
            assertThat(there.lines()).noneMatch(line -> line.startsWith("registered"));
            assertThat(registered.next()).isEqualTo("p1");
            assertThat(registered.isEmpty()).isTrue();
        }
    }

    private Future<Void> taken(Recording<String> registered) {
        return vertx.timer(50, TimeUnit.MILLISECONDS)
                .compose(later -> registered.isEmpty() ? taken(registered) : Future.succeededFuture());
    }
}
