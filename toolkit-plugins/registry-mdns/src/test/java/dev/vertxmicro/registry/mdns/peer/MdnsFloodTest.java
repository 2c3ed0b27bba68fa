package dev.vertxmicro.registry.mdns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.mdns.directory.DirectoryLimits;
import dev.vertxmicro.registry.mdns.directory.UnpackingBudget;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketWriter;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** Packets that somebody forged, more of them than there is room for. */
class MdnsFloodTest {
    private static final int FORGED = 12_000;
    private static final Duration LOOKUP = Duration.ofMillis(100);
    private static final Name EVIL = DnsNames.name("host", "evil");

    private final FakeNetwork network = new FakeNetwork();
    private final MdnsPeer server = network.join();
    private final MdnsPeer client = network.join();

    private static ServiceInfo service(String name, String node) {
        return new ServiceInfo(
                name, "1", Map.of(), List.of(), List.of(new Node(node, "10.0.0.1:9001", Map.of("protocol", "mucp"))));
    }

    private void forge(String name, String node, String from) {
        NodeRecords publication = NodeRecords.of(service(name, node), "micro", EVIL, 3600);
        network.send(
                PacketWriter.announcement(publication.records(3600)), InetSocketAddress.createUnresolved(from, 5353));
    }

    private List<String> nodes(MdnsPeer peer, String name) {
        List<ServiceInfo> found = new ArrayList<>();
        peer.get(name, found::addAll);
        network.advance(LOOKUP.multipliedBy(2));
        return found.stream()
                .flatMap(version -> version.nodes().stream())
                .map(Node::id)
                .toList();
    }

    private List<RegistryChange> watch(String name) {
        List<RegistryChange> changes = new ArrayList<>();
        if (name.isEmpty()) {
            client.watch(changes::add, () -> {});
        } else {
            client.watch(name, changes::add, known -> {}, () -> {});
        }
        network.advance(LOOKUP.multipliedBy(4));
        return changes;
    }

    /** "host" is where the real ones are as well. */
    @ParameterizedTest
    @ValueSource(strings = {"evil", "host"})
    void learnsOfNewServicesAfterAFlood(String source) {
        server.register(service("known", "known-1"), Duration.ZERO);
        assertThat(nodes(client, "known")).containsExactly("known-1");
        for (int i = 0; i < FORGED; i++) {
            forge("forged" + i, "n" + i, source);
        }
        server.register(service("late", "late-1"), Duration.ZERO);
        assertThat(nodes(client, "late")).containsExactly("late-1");
        network.cut(server);
        assertThat(nodes(client, "known")).containsExactly("known-1");
        assertThat(client.dropped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil", "host"})
    void learnsOfNewServicesAfterAFloodWhileSomebodyWatchesAll(String source) {
        client.register(service("own", "own-1"), Duration.ZERO);
        server.register(service("watched", "watched-1"), Duration.ZERO);
        server.register(service("known", "known-1"), Duration.ZERO);
        watch("watched");
        List<RegistryChange> changes = watch("");
        assertThat(nodes(client, "known")).containsExactly("known-1");
        for (int i = 0; i < FORGED; i++) {
            forge("forged" + i, "n" + i, source);
        }
        server.register(service("late", "late-1"), Duration.ZERO);
        network.settle();
        assertThat(changes).anyMatch(change -> change.service().equals(service("late", "late-1")));
        network.cut(server);
        for (String name : List.of("late", "known", "watched", "own")) {
            assertThat(nodes(client, name)).containsExactly(name + "-1");
        }
        assertThat(client.size()).isLessThanOrEqualTo(DirectoryLimits.MAX_NODES);
    }

    @Test
    void pushesOutWhatTheSourceOfAFloodToldItself() {
        server.register(service("real", "real-1"), Duration.ZERO);
        List<RegistryChange> changes = watch("");
        for (int i = 0; i < FORGED; i++) {
            forge("forged" + i, "n" + i, "evil");
        }
        assertThat(changes)
                .noneMatch(change -> change.action() == RegistryChange.Action.DELETE
                        && change.service().name().equals("real"));
    }

    @Test
    void leavesRoomForOthersWhereOneSourceFloodsAServiceThatIsWatched() {
        server.register(service("foo", "foo-1"), Duration.ZERO);
        List<RegistryChange> changes = watch("foo");
        for (int i = 0; i < FORGED; i++) {
            forge("foo", "n" + i, "evil");
        }
        server.register(service("foo", "foo-2"), Duration.ZERO);
        server.register(service("late", "late-1"), Duration.ZERO);
        network.settle();
        assertThat(changes)
                .noneMatch(change -> change.action() == RegistryChange.Action.DELETE
                        && change.service().nodes().get(0).id().startsWith("foo"));
        assertThat(nodes(client, "foo")).hasSize(DirectoryLimits.MAX_OF_SERVICE).contains("foo-1", "foo-2");
        assertThat(nodes(client, "late")).containsExactly("late-1");
    }

    @Test
    void keepsABoundedNumberOfNodesOfAService() {
        watch("foo");
        for (int i = 0; i < DirectoryLimits.MAX_OF_SERVICE + 5; i++) {
            forge("foo", "n" + i, "evil");
        }
        assertThat(client.dropped()).isEqualTo(5);
        assertThat(nodes(client, "foo")).hasSize(DirectoryLimits.MAX_OF_SERVICE).contains("n0");
    }

    /** Each unfolds to a megabyte. */
    @Test
    void keepsABoundedNumberOfCharactersOfAService() {
        watch("foo");
        for (int i = 0; i < UnpackingBudget.LARGE_PER_SECOND; i++) {
            Node heavy = new Node("n" + i, "10.0.0.1:1", Map.of("a", "b".repeat(1_000_000)));
            ServiceInfo foo = new ServiceInfo("foo", "1", Map.of(), List.of(), List.of(heavy));
            network.send(PacketWriter.announcement(
                    NodeRecords.of(foo, "micro", EVIL, 3600).records(3600)));
        }
        assertThat(nodes(client, "foo")).hasSize((int) (DirectoryLimits.MAX_CHARACTERS_OF_SERVICE / 1_002_000));
    }

    /** One line, however much was left out. */
    @Test
    void saysWhatIsLeftOut() {
        try (RecordedLogs logs = RecordedLogs.of(MdnsPeer.class)) {
            watch("foo");
            for (int i = 0; i < DirectoryLimits.MAX_OF_SERVICE + 5; i++) {
                forge("foo", "n" + i, "evil");
            }
            assertThat(logs.all()).containsExactly("mdns: 1000 nodes of foo are known: what evil tells of is left out");
        }
    }

    @Test
    void looksAtNoTextOfAServiceThatNobodyAskedFor() {
        NodeRecords publication = NodeRecords.of(service("forged", "n"), "micro", EVIL, 3600);
        NodeRecords garbled = new NodeRecords(
                "forged",
                publication.owner(),
                publication.instance(),
                EVIL,
                publication.address(),
                List.of("not hex"),
                3600,
                publication.seen());
        byte[] packet = PacketWriter.announcement(garbled.records(3600));
        network.send(packet);
        assertThat(client.dropped()).isZero();
        nodes(client, "forged");
        network.send(packet);
        assertThat(client.dropped()).isEqualTo(1);
    }
}
