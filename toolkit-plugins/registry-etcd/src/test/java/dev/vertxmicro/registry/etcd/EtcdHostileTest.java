package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.wire.EntryReader;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.EtcdServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others put under the prefix. */
@Requires(Requirement.ETCD)
class EtcdHostileTest extends EtcdFixture {
    private static final String PREFIX = "/micro/registry/";
    private static final ServiceInfo ONE = service("greeter", node("greeter-1"));
    private static final String LARGE = "x".repeat(1 << 20);
    private static final List<String> NONSENSE = List.of(
            "",
            "nonsense",
            "[]",
            "{}",
            "null",
            "{\"name\":\"greeter\"}",
            "{\"name\":1,\"nodes\":[{\"id\":[]}]}",
            "{\"name\":\"greeter\",\"nodes\":[{\"id\":\"a\",\"address\":{}}]}",
            "{\"name\":\"greeter\",\"nodes\":{}}",
            "{\"name\":\"greeter\",\"nodes\":[7]}",
            "{\"name\":\"greeter\",\"nodes\":[{\"id\":\"stolen\",\"address\":\"192.0.2.1:1\"}]}",
            "[".repeat(100_000),
            "{\"name\":\"" + LARGE + "\",\"nodes\":[]}");

    private static void put(EtcdServer server) {
        for (int i = 0; i < NONSENSE.size(); i++) {
            server.put(PREFIX + "greeter/bad-" + i, NONSENSE.get(i));
        }
        server.put(PREFIX, "{}");
        server.put(PREFIX + "greeter", "{}");
        server.put(PREFIX + "///", "{}");
    }

    @Test
    void leavesOutWhatIsNotGoMicros() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        RecordingWatcher changes = RecordingWatcher.of("");
        Await.result(registry.watch(changes));
        try (RecordedLogs logs = RecordedLogs.of(EntryReader.class)) {
            put(server);
            Await.result(registry.register(ONE, TTL));
            assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
            assertThat(logs.next()).contains("etcd: /micro/registry/", " left out: ");
            assertThat(logs.count()).isEqualTo(1);
        }
        Registry later = registry(server.address());
        assertThat(Await.result(later.list())).containsExactly("greeter");
        assertThat(Await.result(later.get("greeter"))).containsExactly(ONE);
        Await.result(later.watch("greeter", change -> {}));
        assertThat(Await.result(later.get("greeter"))).containsExactly(ONE);
    }

    /** A node that becomes unreadable is one that has gone. */
    @Test
    void dropsANodeThatIsWrittenOver() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        RecordingWatcher changes = RecordingWatcher.of("greeter");
        Await.result(registry.register(ONE, TTL));
        Await.result(registry.watch("greeter", changes));
        server.put(PREFIX + "greeter/greeter-1", "nonsense");
        assertThat(changes.next()).isEqualTo(change(Action.DELETE, ONE));
        Await.result(registry.register(ONE, TTL));
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, ONE));
    }

    /** Slashes are written as dashes, so that their keys are the same. */
    @Test
    void dropsANodeWhoseKeyIsTakenByAnother() {
        EtcdServer server = closing(EtcdServer.start(directory));
        Registry registry = registry(server.address());
        Registry reader = registry(server.address());
        RecordingWatcher changes = RecordingWatcher.of("");
        Await.result(reader.watch(changes));
        ServiceInfo before = service("a/b", node("c/d"));
        ServiceInfo otherName = service("a-b", node("c/d"));
        ServiceInfo otherNode = service("a-b", node("c-d"));
        for (ServiceInfo each : List.of(before, otherName, otherNode)) {
            Await.result(registry.register(each, TTL));
        }
        for (ServiceInfo each : List.of(before, otherName)) {
            assertThat(changes.next()).isEqualTo(change(Action.CREATE, each));
            assertThat(changes.next()).isEqualTo(change(Action.DELETE, each));
        }
        assertThat(changes.next()).isEqualTo(change(Action.CREATE, otherNode));
        assertThat(Await.result(reader.list())).containsExactly("a-b");
        assertThat(Await.result(reader.get("a-b"))).containsExactly(otherNode);
    }

    /** A page of them is more than one message may be. */
    @Test
    void readsManyLargeValuesInSmallerPages() {
        EtcdServer server = closing(EtcdServer.start(directory, "--quota-backend-bytes=1000000000"));
        for (int i = 0; i < 70; i++) {
            server.put(PREFIX + "large/" + i, LARGE);
        }
        Registry registry = registry(server.address());
        Await.result(registry.register(service("zebra", node("z-1")), TTL));
        assertThat(Await.result(registry.list())).containsExactly("zebra");
        Await.result(registry.watch(change -> {}));
        assertThat(Await.result(registry.get("zebra"))).hasSize(1);
    }

    @Test
    void refusesWhatEtcdOrAnyReaderWouldNotTake() {
        EtcdServer server = closing(EtcdServer.start(directory, "--max-request-bytes=10000"));
        Registry registry = registry(server.address());
        assertThat(refusal(registry, "x".repeat(20_000))).contains("request is too large");
        assertThat(refusal(registry, "x".repeat(1_000_000))).contains("larger than max");
        assertThat(refusal(registry, LARGE)).matches("/micro/registry/huge/h-1: \\d+ bytes \\(expected: <= 1048576\\)");
        Await.result(registry.register(ONE, TTL));
    }

    private static String refusal(Registry registry, String version) {
        ServiceInfo huge = new ServiceInfo("huge", version, Map.of(), List.of(), List.of(node("h-1")));
        MicroException refusal = Await.failure(registry.register(huge, TTL));
        assertThat(refusal.code()).isEqualTo(400);
        return refusal.detail();
    }
}
