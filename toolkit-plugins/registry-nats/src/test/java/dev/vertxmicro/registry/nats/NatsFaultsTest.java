package dev.vertxmicro.registry.nats;

import static dev.vertxmicro.registry.nats.NatsKind.service;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.NatsServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens when a server, the way to it, or a process that has registered fails. */
@Requires(Requirement.NATS)
@SuppressWarnings("try") // processes are killed before their time
class NatsFaultsTest {
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @ParameterizedTest
    @EnumSource
    void startsWithTheServerAwayAndGoesOnWhenItIsThere(NatsKind kind) {
        Registry registry = kind.registry(vertx, "127.0.0.1:" + FreePorts.next());
        long begin = System.nanoTime();
        assertThatThrownBy(() -> result(registry.register(service("greeter", 1), TTL)))
                .hasMessageContaining("nats 127.0.0.1:")
                .hasMessageContaining("refused");
        assertThat(since(begin)).isLessThan(Duration.ofSeconds(4));
        result(registry.close());
        try (NatsServer server = NatsServer.start(directory)) {
            server.kill();
            Registry early = kind.registry(vertx, server.address());
            assertThatThrownBy(() -> result(early.watch(change -> {}))).hasMessageContaining(server.address());
            server.start();
            result(early.register(service("greeter", 1), TTL));
            assertThat(result(early.get("greeter"))).containsExactly(service("greeter", 1));
            result(early.close());
        }
    }

    @ParameterizedTest
    @EnumSource
    void forgetsAKilledProcessWhenItsTimeHasPassed(NatsKind kind) {
        try (NatsServer server = NatsServer.start(directory)) {
            Registry registry = kind.registry(vertx, server.address());
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(registry.watch("greeter", changes));
            try (JavaProcess process = NatsRegisteringProgram.start(kind, server.address(), SHORT)) {
                assertThat(changes.next().action()).isEqualTo(Action.CREATE);
                process.await("renewed");
                process.close();
                long killed = System.nanoTime();
                assertThat(changes.next().action()).isEqualTo(Action.DELETE);
                assertThat(since(killed)).isLessThan(SHORT.plus(A_SECOND));
                Registry fresh = kind.registry(vertx, server.address());
                assertThat(result(fresh.get("greeter"))).isEmpty();
                assertThat(result(fresh.list())).isEmpty();
                result(fresh.close());
            }
            result(registry.close());
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsNoGhostsWhenTheServerIsBackWithOldData(NatsKind kind) {
        try (NatsServer server = NatsServer.start(directory)) {
            Registry registry = kind.registry(vertx, SHORT, List.of(server.address()));
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(registry.watch("greeter", changes));
            Registry dying = kind.registry(vertx, server.address());
            result(dying.register(service("greeter", 1), SHORT));
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            server.kill();
            result(dying.close());
            server.start();
            long back = System.nanoTime();
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, service("greeter", 1)));
            assertThat(since(back)).isLessThan(SHORT.multipliedBy(2).plus(A_SECOND));
            Registry fresh = kind.registry(vertx, server.address());
            assertThat(result(fresh.get("greeter"))).isEmpty();
            result(fresh.close());
            result(registry.close());
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNobodyWhileItsOwnWayIsCut(NatsKind kind) {
        try (NatsServer server = NatsServer.start(directory);
                FreezingRelay relay = FreezingRelay.to(server.port())) {
            Registry cut = kind.registry(vertx, relay.address());
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(cut.watch("greeter", changes));
            try (JavaProcess process = NatsRegisteringProgram.start(kind, server.address(), SHORT)) {
                RegistryChange created = changes.next();
                relay.freeze();
                for (int renewals = 0; renewals < 4; renewals++) {
                    process.await("renewed");
                }
                assertThat(result(cut.get("greeter"))).containsExactly(created.service());
                relay.heal();
                Registry other = kind.registry(vertx, server.address());
                result(other.register(service("greeter", 7), TTL));
                assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, service("greeter", 7)));
                result(other.close());
                assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, service("greeter", 7)));
                assertThat(result(cut.get("greeter"))).containsExactly(created.service());
            }
            result(cut.close());
        }
    }

    @ParameterizedTest
    @EnumSource
    void worksThoughAllTakesTwoSeconds(NatsKind kind) throws IOException {
        try (NatsServer server = NatsServer.start(directory);
                SlowNatsRelay relay = new SlowNatsRelay(server.port(), Duration.ofSeconds(1))) {
            Registry near = kind.registry(vertx, server.address());
            Registry far = kind.registry(vertx, relay.address());
            result(far.register(service("greeter", 1), TTL));
            result(near.register(service("greeter", 2), TTL));
            assertThat(result(far.get("greeter"))).singleElement().satisfies(found -> assertThat(found.nodes())
                    .hasSize(2));
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(far.watch(changes));
            result(near.deregister(service("greeter", 2)));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, service("greeter", 2)));
            assertThat(result(far.get("greeter"))).containsExactly(service("greeter", 1));
            result(far.close());
            result(near.close());
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesANodeDieWhileItsConnectionIsCutAgainAndAgain(NatsKind kind) {
        try (NatsServer server = NatsServer.start(directory);
                FreezingRelay relay = FreezingRelay.to(server.port())) {
            Registry watching = kind.registry(vertx, relay.address());
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(watching.watch(changes));
            ServiceInfo steady = service("greeter-steady", 1);
            Registry other = kind.registry(vertx, server.address());
            result(other.register(steady, TTL));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, steady));
            Duration ttl = Duration.ofSeconds(6);
            try (JavaProcess process = NatsRegisteringProgram.start(kind, server.address(), ttl)) {
                assertThat(changes.next().action()).isEqualTo(Action.CREATE);
                process.await("renewed");
                long timer = vertx.setPeriodic(2500, cut -> relay.cut());
                process.close();
                long killed = System.nanoTime();
                RegistryChange told = changes.next();
                assertThat(told.action()).isEqualTo(Action.DELETE);
                assertThat(told.service().name()).isEqualTo("greeter");
                assertThat(since(killed)).isLessThan(ttl.plus(A_SECOND));
                vertx.cancelTimer(timer);
            }
            assertThat(relay.connections()).isGreaterThan(1);
            assertThat(result(watching.get(steady.name()))).containsExactly(steady);
            result(watching.close());
            result(other.close());
        }
    }
}
