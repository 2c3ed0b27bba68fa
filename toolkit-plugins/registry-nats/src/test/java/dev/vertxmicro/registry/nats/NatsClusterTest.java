package dev.vertxmicro.registry.nats;

import static dev.vertxmicro.registry.nats.NatsKind.service;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.nats.link.NatsLink;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.testkit.server.NatsServer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that know each other. */
@Requires(Requirement.NATS)
class NatsClusterTest {
    private static final Duration TTL = Duration.ofSeconds(60);

    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private List<NatsServer> servers = List.of();
    private Registry watching = Registry.inMemory(Timers.manual());
    private final RecordingWatcher changes = RecordingWatcher.of("greeter");

    @BeforeEach
    void start() {
        int one = FreePorts.next();
        int two = FreePorts.next();
        servers = List.of(server(one, two), server(two, one));
        watching = asking(servers.get(0).address(), servers.get(1).address());
        result(watching.watch("greeter", changes));
    }

    private NatsServer server(int own, int other) {
        return NatsServer.start(
                directory,
                "--cluster_name=c",
                "--server_name=s" + own,
                "--cluster=nats://127.0.0.1:" + own,
                "--routes=nats://127.0.0.1:" + other);
    }

    @AfterEach
    void stop() {
        result(watching.close());
        result(vertx.close());
        servers.forEach(NatsServer::close);
    }

    private Registry asking(String... addresses) {
        return NatsKind.ASKING.registry(vertx, addresses);
    }

    /** Registers over one server and waits until it is known, whichever the other is at. */
    private Registry registered(int node, NatsServer over) {
        Registry registry = asking(over.address());
        result(registry.register(service("greeter", node), TTL));
        RegistryChange created = changes.next();
        assertThat(created).isEqualTo(new RegistryChange(Action.CREATE, service("greeter", node)));
        return registry;
    }

    @Test
    void goesToTheOtherServerWhenItsOwnIsKilled() {
        Registry first = registered(1, servers.get(0));
        Registry second = registered(2, servers.get(1));
        servers.get(0).kill();
        Registry third = registered(3, servers.get(1));
        servers.get(0).start();
        servers.get(1).kill();
        Registry fourth = registered(4, servers.get(0));
        result(fourth.deregister(service("greeter", 4)));
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, service("greeter", 4)));
        servers.get(1).start();
        for (Registry each : List.of(first, second, third, fourth)) {
            result(each.close());
        }
    }

    @Test
    void leavesAServerThatIsAboutToEndAtOnce() {
        try (RecordedLogs log = RecordedLogs.of(NatsLink.class)) {
            Registry registry = asking(servers.get(0).address());
            result(registry.register(service("greeter", 1), TTL));
            assertThat(changes.next().action()).isEqualTo(Action.CREATE);
            long begin = System.nanoTime();
            servers.get(0).leaveSlowly();
            assertThat(log.next()).contains("connection lost");
            assertThat(log.next()).contains("back after");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            result(registry.register(service("greeter", 2), TTL));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, service("greeter", 2)));
            result(registry.close());
        }
    }
}
