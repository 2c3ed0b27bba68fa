package dev.vertxmicro.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.zookeeper.wire.ZnodeValue;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others find under /micro-registry, and what becomes of what they leave there. */
class ZookeeperWireTest {
    private static final Duration TTL = Duration.ofSeconds(20);

    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable ZooKeeperServer server;
    private static @Nullable PlainZookeeper raw;

    private final String name = "wire" + UUID.randomUUID().toString().substring(0, 8);
    private final List<ZookeeperRegistry> made = new ArrayList<>();
    private final ZookeeperRegistry registry = registry();

    @BeforeAll
    static void start() {
        server = ZooKeeperServer.alone(directory);
        raw = new PlainZookeeper(server.address());
    }

    @AfterAll
    static void stop() {
        raw().close();
        Objects.requireNonNull(server).close();
        Await.result(VERTX.close());
    }

    @AfterEach
    void close() {
        made.forEach(each -> Await.result(each.close()));
    }

    private static PlainZookeeper raw() {
        return Objects.requireNonNull(raw);
    }

    private ZookeeperRegistry registry() {
        ZookeeperRegistry one = ZookeeperRegistry.create(
                VERTX,
                ZookeeperRegistryOptions.DEFAULTS.withAddresses(
                        List.of(Objects.requireNonNull(server).address())));
        made.add(one);
        return one;
    }

    private static ServiceInfo service(String name, String id) {
        return new ServiceInfo(
                name,
                "1.0.0",
                Map.of("team", "a"),
                List.of(),
                List.of(new Node(id, "127.0.0.1:9001", Map.of("protocol", "mucp"))));
    }

    private static String json(ServiceInfo service) {
        return new String(ZnodeValue.write(service), StandardCharsets.UTF_8);
    }

    private String path(String child) {
        return "/micro-registry/" + name + "/" + child;
    }

    @Test
    void writesTheJsonOfGoMicroToTheFolderOfTheService() {
        Await.result(registry.register(service(name, "n/1"), TTL));
        assertThat(raw().children("/micro-registry/" + name)).containsExactly("n-1");
        JsonObject value = new JsonObject(raw().read(path("n-1")));
        assertThat(value.fieldNames()).containsExactly("name", "version", "metadata", "endpoints", "nodes");
        assertThat(value.getString("name")).isEqualTo(name);
        assertThat(value.getJsonArray("nodes").getJsonObject(0).getString("id")).isEqualTo("n/1");
        assertThat(raw().stat(path("n-1")).getEphemeralOwner()).isNotZero();
        assertThat(raw().permissions(path("n-1"))).singleElement().hasToString("31,s{'world,'anyone}\n");
    }

    @Test
    void keepsNodesWithoutATimeToLiveAsGoPluginsDoes() {
        Await.result(registry.register(service(name, "n1"), Duration.ZERO));
        assertThat(raw().stat(path("n1")).getEphemeralOwner()).isZero();
        Await.result(registry.deregister(service(name, "n1")));
        assertThat(raw().isThere(path("n1"))).isFalse();
        Await.result(registry.register(service(name, "n2"), Duration.ZERO));
        Await.result(registry.close());
        assertThat(raw().isThere(path("n2"))).isFalse();
    }

    @Test
    void takesOverWhatAnotherSessionHasRegistered() {
        RecordingWatcher changes = RecordingWatcher.of(name);
        Await.result(registry.watch(name, changes));
        ZookeeperRegistry before = registry();
        Await.result(before.register(service(name, "n1"), TTL));
        assertThat(changes.next().action()).isEqualTo(Action.CREATE);
        long owner = raw().stat(path("n1")).getEphemeralOwner();
        ZookeeperRegistry after = registry();
        Await.result(after.register(service(name, "n1"), TTL));
        assertThat(raw().stat(path("n1")).getEphemeralOwner()).isNotZero().isNotEqualTo(owner);
        Await.result(after.register(service(name, "n2"), TTL));
        assertThat(changes.next())
                .as("not gone meanwhile")
                .isEqualTo(new RegistryChange(Action.CREATE, service(name, "n2")));
    }

    @Test
    void makesAPersistentNodeOfItsOwnEphemeral() {
        raw().make(path("n1"), json(service(name, "n1")));
        Await.result(registry.register(service(name, "n1"), TTL));
        assertThat(raw().stat(path("n1")).getEphemeralOwner()).isNotZero();
    }

    @Test
    void writesAgainAtARenewalWhatSomebodyDeleted() {
        Await.result(registry.register(service(name, "n1"), TTL));
        raw().delete(path("n1"));
        Await.result(registry.register(service(name, "n1"), TTL));
        assertThat(raw().isThere(path("n1"))).isTrue();
    }

    @Test
    void takesATimeToLiveOfAnyLength() {
        Await.result(registry.register(service(name, "n1"), Duration.ofSeconds(Long.MAX_VALUE)));
        assertThat(raw().isThere(path("n1"))).isTrue();
    }

    @Test
    void writesNothingAtARenewal() {
        Await.result(registry.register(service(name, "n1"), TTL));
        long written = raw().stat(path("n1")).getMzxid();
        Await.result(registry.register(service(name, "n1"), TTL));
        assertThat(raw().stat(path("n1")).getMzxid()).isEqualTo(written);
    }

    @Test
    void findsAndFollowsWhatGoPluginsWrites() {
        ServiceInfo theirs = service(name, "go-1");
        raw().make(path("go-1"), json(theirs));
        assertThat(Await.result(registry.get(name))).containsExactly(theirs);
        assertThat(Await.result(registry.list())).contains(name);
        RecordingWatcher one = RecordingWatcher.of(name);
        Await.result(registry.watch(name, one));
        RecordingWatcher all = RecordingWatcher.of(name);
        Await.result(registry.watch(all));
        ServiceInfo moved = theirs.withNodes(List.of(new Node("go-1", "127.0.0.1:9002", Map.of())));
        raw().write(path("go-1"), json(moved));
        assertThat(one.next()).isEqualTo(new RegistryChange(Action.UPDATE, moved));
        assertThat(all.next()).isEqualTo(new RegistryChange(Action.UPDATE, moved));
        raw().delete(path("go-1"));
        assertThat(one.next()).isEqualTo(new RegistryChange(Action.DELETE, moved));
        assertThat(all.next()).isEqualTo(new RegistryChange(Action.DELETE, moved));
        assertThat(Await.result(registry().list())).as("an empty folder").doesNotContain(name);
    }

    @Test
    void listsNoNameThatItWouldNotLookUp() {
        String folder = "/micro-registry/" + "x".repeat(1_025);
        raw().make(folder + "/n1", "{}");
        assertThat(Await.result(registry.list())).doesNotContain("x".repeat(1_025));
        Await.result(registry.watch(change -> {}));
        assertThat(Await.result(registry.list())).doesNotContain("x".repeat(1_025));
    }

    @Test
    void tellsServicesApartThatShareAFolder() {
        String slashed = name + "/a";
        String dashed = name + "-a";
        Await.result(registry.register(service(slashed, "n1"), TTL));
        Await.result(registry.register(service(dashed, "n2"), TTL));
        ZookeeperRegistry peer = registry();
        assertThat(Await.result(peer.get(slashed))).containsExactly(service(slashed, "n1"));
        assertThat(Await.result(peer.get(dashed))).containsExactly(service(dashed, "n2"));
        assertThat(Await.result(peer.list())).contains(slashed, dashed);
        RecordingWatcher changes = RecordingWatcher.of(name);
        Await.result(peer.watch(slashed, changes));
        Await.result(registry.deregister(service(dashed, "n2")));
        Await.result(registry.deregister(service(slashed, "n1")));
        assertThat(changes.next()).isEqualTo(new RegistryChange(Action.DELETE, service(slashed, "n1")));
    }

    @Test
    void leavesOutWhatIsNoServiceAndSaysSo() {
        try (RecordedLogs logs = RecordedLogs.of(ZnodeValue.class)) {
            List<String> foreign = List.of(
                    "",
                    "no json",
                    "[]",
                    "null",
                    "{}",
                    "{\"name\":5}",
                    "{\"name\":\"other\",\"nodes\":[{\"id\":\"a\",\"address\":\"b:1\"}]}",
                    "{\"name\":\"" + name + "\"}",
                    "{\"name\":\"" + name + "\",\"nodes\":[{\"id\":1}]}",
                    "{\"name\":\"" + name + "\",\"nodes\":{}}",
                    "[".repeat(100_000),
                    "x".repeat(1_000_000));
            for (int i = 0; i < foreign.size(); i++) {
                raw().make(path("foreign" + i), foreign.get(i));
            }
            raw().make(path("deep/er/still"), "{}");
            Await.result(registry.register(service(name, "n1"), TTL));
            assertThat(Await.result(registry.get(name))).containsExactly(service(name, "n1"));
            RecordingWatcher changes = RecordingWatcher.of(name);
            ZookeeperRegistry peer = registry();
            Await.result(peer.watch(changes));
            assertThat(Await.result(peer.get(name))).containsExactly(service(name, "n1"));
            raw().write(path("foreign1"), "still no json");
            Await.result(registry.register(service(name, "n2"), TTL));
            assertThat(changes.next()).isEqualTo(new RegistryChange(Action.CREATE, service(name, "n2")));
            assertThat(logs.next()).contains("left out, no service of go-micro's");
            assertThat(logs.count()).as("lines in ten seconds").isLessThanOrEqualTo(2);
        }
    }

    @Test
    void namesNothingThatNobodyCanAskFor() {
        String longest = name + "x".repeat(1024 - name.length());
        ZookeeperRegistry peer = registry();
        Await.result(peer.watch(change -> {}));
        for (String folder : List.of(longest + "x", longest)) {
            raw().make("/micro-registry/" + folder + "/n1", json(service(folder, "n1")));
        }
        assertThat(Await.result(registry.list())).contains(longest).doesNotContain(longest + "x");
        Await.result(registry.watch(change -> {}));
        assertThat(Await.result(registry.list())).contains(longest).doesNotContain(longest + "x");
        RecordingWatcher changes = RecordingWatcher.of(name);
        Await.result(peer.watch(changes));
        raw().delete("/micro-registry/" + longest + "/n1");
        assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        assertThat(Await.result(peer.list())).doesNotContain(longest, longest + "x");
        raw().delete("/micro-registry/" + longest + "x/n1");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(Await.failure(registry.register(service("", "n1"), TTL)).code())
                .isEqualTo(400);
        assertThat(Await.failure(registry.register(service("..", "n1"), TTL)).code())
                .isEqualTo(400);
        assertThat(Await.failure(registry.register(service(name, "n\0"), TTL)).detail())
                .contains("(expected: an id that fits into a path)");
        assertThat(Await.failure(registry.register(service(name, "n1"), Duration.ofSeconds(-1)))
                        .code())
                .isEqualTo(400);
        assertThat(Await.failure(registry.get("a\u0001")).code()).isEqualTo(400);
        ServiceInfo large =
                service(name, "n1").withNodes(List.of(new Node("n1", "a:1", Map.of("large", "x".repeat(1_000_000)))));
        assertThat(Await.failure(registry.register(large, TTL)).detail()).contains("bytes (expected: <= 1000000)");
        Await.result(registry.register(service(name, "n2"), TTL));
    }
}
