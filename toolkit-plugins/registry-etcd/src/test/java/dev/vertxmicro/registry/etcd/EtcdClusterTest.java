package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.EtcdServer;
import dev.vertxmicro.testkit.server.FreePorts;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several members. */
@Requires(Requirement.ETCD)
class EtcdClusterTest extends EtcdFixture {
    private static final ServiceInfo ONE = service("greeter", node("greeter-1"));
    private static final ServiceInfo TWO = service("greeter", node("greeter-2"));

    @Test
    void goesOnWithAnotherMemberWhenItsOwnIsKilled() {
        List<EtcdServer> servers = EtcdServer.cluster(directory, 3);
        servers.forEach(this::closing);
        String[] addresses = servers.stream().map(EtcdServer::address).toArray(String[]::new);
        Registry writer = registry(addresses);
        Registry reader = registry(addresses);
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(reader.watch("greeter", changes));
        Await.result(writer.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
        servers.get(0).kill();
        long killed = System.nanoTime();
        Await.result(writer.register(TWO, TTL));
        Duration taken = since(killed);
        Await.result(writer.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, TWO));
        System.out.printf(
                "three members of etcd, the first one killed with -9: next write taken after %d ms, seen by a watcher after %d"
                        + " ms%n",
                taken.toMillis(), since(killed).toMillis());
        assertThat(Await.result(reader.get("greeter")).get(0).nodes()).hasSize(2);
        assertThat(Await.result(registry(addresses).get("greeter")).get(0).nodes())
                .hasSize(2);
    }

    @Test
    void passesOverAMemberThatIsNotThere() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry("127.0.0.1:" + FreePorts.next(), server.address());
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.watch(changes));
        Await.result(registry.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
    }

    @Test
    void namesAllMembersWhenNoneIsThere() {
        String first = "127.0.0.1:" + FreePorts.next();
        String second = "127.0.0.1:" + FreePorts.next();
        assertThat(Await.failure(registry(first, second).get("greeter")).detail())
                .contains("etcd at " + first + ": ", "; " + second + ": ");
    }

    /** Reads go to a majority, so that no look-up tells what is no more. */
    @Test
    void answersNothingWithoutAMajority() {
        List<EtcdServer> servers = EtcdServer.cluster(directory, 3);
        servers.forEach(this::closing);
        Registry registry = registry(EtcdRegistryOptions.DEFAULTS
                .withAddresses(List.of(servers.get(0).address()))
                .withRequestTimeout(Duration.ofSeconds(1)));
        Await.result(registry.register(ONE, TTL));
        servers.get(1).kill();
        servers.get(2).kill();
        assertThat(Await.failure(registry.register(TWO, TTL)).code()).isEqualTo(500);
        assertThat(Await.failure(registry.get("greeter")).code()).isEqualTo(500);
        servers.get(1).start();
        servers.get(2).start();
        Await.result(registry.register(TWO, TTL));
        assertThat(Await.result(registry.get("greeter")).get(0).nodes()).hasSize(2);
    }
}
