package dev.vertxmicro.registry.mdns.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.EndpointInfo;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Value;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import dev.vertxmicro.registry.mdns.wire.NodeRecords;
import dev.vertxmicro.registry.mdns.wire.PacketWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class MdnsPeerTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration LOOKUP = Duration.ofMillis(100);

    private final FakeNetwork network = new FakeNetwork();
    private final MdnsPeer server = network.join();
    private final MdnsPeer client = network.join();

    static ServiceInfo service(String name, String version, Node... nodes) {
        return new ServiceInfo(name, version, Map.of(), List.of(), List.of(nodes));
    }

    static Node node(String id, int port) {
        return new Node(id, "10.0.0.1:" + port, Map.of("protocol", "mucp"));
    }

    private static ServiceInfo foo() {
        return service("foo", "1", node("foo-1", 9001));
    }

    private List<RegistryChange> watch(MdnsPeer peer) {
        List<RegistryChange> changes = new ArrayList<>();
        peer.watch(changes::add, () -> {});
        network.advance(LOOKUP.multipliedBy(2));
        return changes;
    }

    private Optional<List<ServiceInfo>> getNow(MdnsPeer peer, String name) {
        List<List<ServiceInfo>> result = new ArrayList<>();
        peer.get(name, result::add);
        return result.stream().findFirst();
    }

    private List<ServiceInfo> get(MdnsPeer peer, String name) {
        List<ServiceInfo> result = new ArrayList<>();
        peer.get(name, result::addAll);
        network.advance(LOOKUP);
        return result;
    }

    private static byte[] query(String name, int type) {
        return PacketWriter.query(1, List.of(DnsNames.name("name", name)), type);
    }

    @Test
    void announcesAtOnceAndAfterOneAndThreeSeconds() {
        server.register(foo(), Duration.ZERO);
        assertThat(network.announcements).hasSize(1);
        network.advance(Duration.ofMillis(999));
        assertThat(network.announcements).hasSize(1);
        network.advance(Duration.ofMillis(1));
        assertThat(network.announcements).hasSize(2);
        network.advance(Duration.ofSeconds(2));
        assertThat(network.announcements).hasSize(3);
        network.advance(Duration.ofMinutes(1));
        assertThat(network.announcements).hasSize(3);
    }

    @Test
    void saysGoodbyeTwiceAndNothingAfter() {
        List<RegistryChange> changes = watch(client);
        server.register(foo(), TTL);
        network.settle();
        network.forget();
        server.deregister(foo());
        assertThat(network.announcements).hasSize(1);
        network.advance(Duration.ofSeconds(5));
        assertThat(network.announcements).hasSize(2);
        assertThat(changes)
                .containsExactly(new RegistryChange(Action.CREATE, foo()), new RegistryChange(Action.DELETE, foo()));
    }

    @Test
    void announcesAgainWhenRegisteredRightAfterAGoodbye() {
        List<RegistryChange> changes = watch(client);
        server.register(foo(), TTL);
        server.deregister(foo());
        server.register(foo(), TTL);
        network.advance(Duration.ofSeconds(1));
        assertThat(changes)
                .extracting(RegistryChange::action)
                .containsExactly(Action.CREATE, Action.DELETE, Action.CREATE);
        assertThat(get(client, "foo")).containsExactly(foo());
    }

    @Test
    void ignoresItsOwnAnnouncementsThatComeBackLate() {
        List<RegistryChange> changes = watch(server);
        server.register(foo(), TTL);
        server.deregister(foo());
        network.advance(Duration.ofSeconds(2));
        assertThat(changes).extracting(RegistryChange::action).containsExactly(Action.CREATE, Action.DELETE);
    }

    @Test
    void asksAgainFromFourFifthsOfTheTimeToLive() {
        watch(client);
        server.register(foo(), Duration.ofSeconds(100));
        network.settle();
        network.cut(server);
        network.forget();
        network.advance(Duration.ofMillis(79_999));
        assertThat(network.queries).isEmpty();
        network.advance(Duration.ofMillis(1));
        assertThat(network.queries).hasSize(1);
        network.advance(Duration.ofMillis(19_999));
        assertThat(network.queries).hasSize(4);
    }

    @Test
    void keepsANodeThatAnswersAndDropsItWhenItNoLongerDoes() {
        List<RegistryChange> changes = watch(client);
        server.register(foo(), Duration.ZERO);
        network.advance(Duration.ofSeconds(500));
        assertThat(changes).hasSize(1);
        network.cut(server);
        network.advance(Duration.ofSeconds(121));
        assertThat(changes.get(changes.size() - 1)).isEqualTo(new RegistryChange(Action.DELETE, foo()));
    }

    @Test
    void dropsAKilledNodeWhenItsTimeHasPassed() {
        List<RegistryChange> changes = watch(client);
        server.register(foo(), TTL);
        network.settle();
        network.cut(server);
        network.advance(TTL.minusMillis(1));
        assertThat(changes).hasSize(1);
        network.advance(Duration.ofMillis(1));
        assertThat(changes).hasSize(2);
        assertThat(get(client, "foo")).isEmpty();
    }

    @Test
    void expiresWhatIsNotRenewedWithAGoodbye() {
        List<RegistryChange> changes = watch(client);
        server.register(foo(), Duration.ofMillis(300));
        network.advance(Duration.ofMillis(200));
        server.register(foo(), Duration.ofMillis(300));
        network.advance(Duration.ofMillis(299));
        assertThat(changes).hasSize(1);
        network.advance(Duration.ofMillis(1));
        assertThat(changes).hasSize(2);
    }

    @Test
    void asksNothingForNodesThatNobodyWants() {
        server.register(foo(), TTL);
        network.settle();
        network.cut(server);
        network.advance(TTL);
        assertThat(network.queries).isEmpty();
    }

    @Test
    void answersALookUpAtOnceOnceTheServiceIsKnown() {
        server.register(foo(), Duration.ZERO);
        network.settle();
        assertThat(getNow(client, "foo")).isEmpty();
        network.advance(LOOKUP);
        assertThat(getNow(client, "foo")).contains(List.of(foo()));
        network.advance(Duration.ofMinutes(3));
        assertThat(getNow(client, "foo")).isEmpty();
    }

    @Test
    void findsNodesThatWereThereBeforeIt() {
        server.register(service("foo", "1", node("foo-1", 1), node("foo-2", 2)), Duration.ZERO);
        network.advance(TTL);
        MdnsPeer late = network.join();
        assertThat(get(late, "foo")).containsExactly(service("foo", "1", node("foo-1", 1), node("foo-2", 2)));
        List<RegistryChange> changes = watch(network.join());
        server.deregister(foo());
        network.settle();
        assertThat(changes).containsExactly(new RegistryChange(Action.DELETE, service("foo", "1", node("foo-1", 1))));
    }

    @Test
    void tellsADeleteAndACreateWhenTheVersionOfANodeChanges() {
        List<RegistryChange> changes = watch(client);
        server.register(foo(), TTL);
        server.register(service("foo", "2", node("foo-1", 9001)), TTL);
        network.settle();
        assertThat(changes)
                .extracting(RegistryChange::action)
                .containsExactly(Action.CREATE, Action.DELETE, Action.CREATE);
        assertThat(get(client, "foo")).containsExactly(service("foo", "2", node("foo-1", 9001)));
    }

    @Test
    void answersEachNodeInAPacketOfItsOwn() {
        server.register(service("foo", "1", node("foo-1", 1), node("foo-2", 2)), TTL);
        network.settle();
        network.forget();
        network.send(query("foo.micro", Type.PTR));
        assertThat(network.answers).hasSize(2);
        network.forget();
        network.send(query("_services.micro", Type.ANY));
        network.send(query("_services._dns-sd._udp.micro", Type.PTR));
        network.send(query("foo-1.foo.micro", Type.SRV));
        network.send(query("foo-1.foo.micro", Type.ANY));
        network.send(query("host0", Type.A));
        assertThat(network.answers).hasSize(5);
        network.forget();
        network.send(query("foo-1.foo.micro", Type.PTR));
        network.send(query("Foo.micro", Type.PTR));
        network.send(query("host0", Type.AAAA));
        network.send(query("foo.local", Type.PTR));
        assertThat(network.answers).isEmpty();
    }

    /** go-micro v2 and later take no answer whose first question is not theirs; the group itself hears no questions. */
    @Test
    void repeatsTheQuestionToWhoDoesNotAskFromThePortOfTheGroup() throws Exception {
        server.register(service("foo", "1", node("foo-1", 1), node("foo-2", 2)), TTL);
        network.settle();
        network.forget();
        Name[] names = {DnsNames.name("name", "foo.micro"), DnsNames.name("name", "_services.micro")};
        byte[] query = PacketWriter.query(77, List.of(names), Type.PTR);
        network.send(query);
        List<String> questions = new ArrayList<>();
        for (byte[] packet : network.answers) {
            Message answer = new Message(packet);
            assertThat(answer.getHeader().getID()).isEqualTo(77);
            assertThat(answer.getSection(Section.QUESTION)).hasSize(1);
            questions.add(DnsNames.text(answer.getQuestion().getName()));
        }
        assertThat(questions).containsExactly("foo.micro", "foo.micro", "_services.micro");
        network.forget();
        network.send(query, java.net.InetSocketAddress.createUnresolved("host", 5353));
        assertThat(network.answers).hasSize(3);
        for (byte[] packet : network.answers) {
            assertThat(new Message(packet).getHeader().getID()).isZero();
            assertThat(new Message(packet).getSection(Section.QUESTION)).isEmpty();
        }
    }

    @Test
    void answersAQuestionThatIsRepeatedOnce() {
        server.register(foo(), TTL);
        network.settle();
        network.forget();
        byte[] one = query("foo.micro", Type.PTR);
        byte[] three = java.util.Arrays.copyOf(one, one.length + 2 * (one.length - 12));
        System.arraycopy(one, 12, three, one.length, one.length - 12);
        System.arraycopy(one, 12, three, 2 * one.length - 12, one.length - 12);
        three[5] = 3;
        network.send(three);
        assertThat(network.answers).hasSize(1);
    }

    @Test
    void carriesIpv6Addresses() {
        ServiceInfo six = service("foo", "1", new Node("foo-1", "[fd00:0:0:0:0:0:0:1]:9001", Map.of()));
        server.register(six, TTL);
        assertThat(get(client, "foo")).containsExactly(six);
    }

    @Test
    void carriesAHundredEndpoints() {
        List<EndpointInfo> endpoints =
                IntStream.range(0, 100).mapToObj(MdnsPeerTest::endpoint).toList();
        ServiceInfo large = new ServiceInfo("foo", "1", Map.of(), endpoints, List.of(node("foo-1", 1)));
        server.register(large, TTL);
        assertThat(get(client, "foo")).containsExactly(large);
    }

    private static EndpointInfo endpoint(int i) {
        Value text = new Value("field" + i * 7919, "string", List.of());
        Value request = new Value("Request" + i, "Request" + i, List.of(text, text));
        Value response = new Value("Response" + i, "Response" + i, List.of(text));
        return new EndpointInfo("Greeter.Method" + i, Optional.of(request), Optional.of(response), Map.of());
    }

    @Test
    void survivesMalformedPackets() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
        Name host = DnsNames.name("host", "evil");
        byte[] good =
                PacketWriter.answer(NodeRecords.of(foo(), "micro", host, 120).all());
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int j = 0; j < 3; j++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            network.send(java.util.Arrays.copyOf(bad, random.nextInt(bad.length + 1)));
        }
        assertThat(client.dropped()).isPositive();
        server.register(service("bar", "1", node("bar-1", 1)), TTL);
        assertThat(get(client, "bar")).hasSize(1);
    }

    @Test
    void ignoresANodeThatClaimsAnotherService() {
        Name host = DnsNames.name("host", "evil");
        NodeRecords foo = NodeRecords.of(foo(), "micro", host, 120);
        NodeRecords liar = new NodeRecords(
                "bar",
                foo.owner(),
                DnsNames.name("id", "x.bar.micro"),
                host,
                foo.address(),
                foo.txt(),
                120,
                foo.seen());
        get(client, "bar");
        network.send(PacketWriter.announcement(liar.records(120)));
        assertThat(client.dropped()).isEqualTo(1);
        assertThat(get(client, "foo")).isEmpty();
        assertThat(get(client, "bar")).isEmpty();
    }

    @Test
    void tellsEachNodeAsItIsHeardWhileItCollectsTheOthers() {
        List<Integer> nodes = new ArrayList<>();
        List<String> ready = new ArrayList<>();
        server.register(foo(), TTL);
        network.advance(TTL.dividedBy(2));
        client.watch(
                "foo",
                change -> {},
                known ->
                        nodes.add(known.stream().mapToInt(s -> s.nodes().size()).sum()),
                () -> ready.add("ready"));
        network.advance(Duration.ofMillis(1));
        assertThat(nodes).containsExactly(1);
        server.register(service("foo", "2", node("foo-2", 9002)), TTL);
        network.advance(Duration.ofMillis(1));
        server.deregister(foo());
        network.advance(Duration.ofMillis(1));
        assertThat(nodes).containsExactly(1, 2, 1);
        assertThat(ready).isEmpty();
        network.advance(LOOKUP.multipliedBy(2));
        assertThat(ready).hasSize(1);
        server.register(service("foo", "2", node("foo-3", 9003)), TTL);
        network.advance(LOOKUP);
        assertThat(nodes).as("once it is ready").hasSize(3);
    }
}
