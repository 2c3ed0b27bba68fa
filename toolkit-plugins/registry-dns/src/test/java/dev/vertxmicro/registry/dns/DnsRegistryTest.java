package dev.vertxmicro.registry.dns;

import static dev.vertxmicro.testkit.recording.Await.failure;
import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.CurrentContext;
import dev.vertxmicro.testkit.recording.RecordingWatcher;
import dev.vertxmicro.testkit.server.Bind;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.Dnsmasq;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against real servers. Each test has names of its own. */
@Requires({Requirement.BIND, Requirement.DNSMASQ, Requirement.CONSUL})
class DnsRegistryTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final DnsRegistryOptions OPTIONS =
            DnsRegistryOptions.DEFAULTS.withDomain(Bind.ZONE).withNegativeTtl(Duration.ofMillis(50));

    @TempDir
    static Path directory;

    private static Bind bind;
    private static Dnsmasq dnsmasq;
    private final List<DnsRegistry> registries = new ArrayList<>();

    @BeforeAll
    static void start() {
        bind = Bind.start(directory);
        dnsmasq = Dnsmasq.start(
                directory,
                "--local=/example.test/",
                "--srv-host=_both._tcp.example.test,m.example.test,9003,10,50",
                "--host-record=m.example.test,127.0.0.3",
                "--host-record=fixed.example.test,127.0.0.4",
                "--host-record=fixed.example.test,127.0.0.5",
                "--host-record=six.example.test,::1",
                "--cname=alias.example.test,fixed.example.test");
    }

    @AfterEach
    void closeRegistries() {
        registries.forEach(registry -> result(registry.close()));
    }

    @AfterAll
    static void stop() {
        result(VERTX.close());
        dnsmasq.close();
        bind.close();
    }

    private DnsRegistry registry(DnsRegistryOptions options, String... addresses) {
        DnsRegistry registry = DnsRegistry.create(VERTX, options.withAddresses(addresses));
        registries.add(registry);
        return registry;
    }

    private DnsRegistry registry() {
        return registry(OPTIONS, bind.address());
    }

    private static List<Node> nodes(DnsRegistry registry, String name) {
        return result(registry.get(name)).stream()
                .flatMap(service -> service.nodes().stream())
                .toList();
    }

    private static Node node(String id, String address, int priority, int weight) {
        return new Node(id, address, Map.of("protocol", "mucp", "priority", "" + priority, "weight", "" + weight));
    }

    @Test
    void findsTheHostsThatSrvRecordsPointTo() {
        bind.update(
                "add _srv._tcp.example.test 60 SRV 10 50 9001 one.example.test.",
                "add _srv._tcp.example.test 60 SRV 20 0 9002 two.example.test.",
                "add one.example.test 60 A 127.0.0.1",
                "add two.example.test 60 AAAA ::1");
        assertThat(result(registry().get("srv")))
                .containsExactly(new ServiceInfo(
                        "srv",
                        "",
                        Map.of(),
                        List.of(),
                        List.of(
                                node("one.example.test:9001", "127.0.0.1:9001", 10, 50),
                                node("two.example.test:9002", "[::1]:9002", 20, 0))));
    }

    @Test
    void takesEachAddressOfAHostForANode() {
        bind.update(
                "add _many._tcp.example.test 60 SRV 1 1 9001 many.example.test.",
                "add many.example.test 60 A 127.0.0.1",
                "add many.example.test 60 A 127.0.0.2");
        assertThat(nodes(registry(), "many"))
                .extracting(Node::address)
                .containsExactly("127.0.0.1:9001", "127.0.0.2:9001");
    }

    @Test
    void leavesAHostThatTheServerDoesNotKnowToWhoeverConnects() {
        bind.update("add _else._tcp.example.test 60 SRV 1 1 9001 localhost.");
        assertThat(nodes(registry(), "else")).extracting(Node::address).containsExactly("localhost:9001");
    }

    @Test
    void findsNothingWhereThereIsNothing() {
        bind.update("add _gone._tcp.example.test 60 SRV 0 0 0 .");
        DnsRegistry registry = registry();
        assertThat(result(registry.get("nobody"))).isEmpty();
        assertThat(result(registry.get("gone"))).isEmpty();
    }

    @Test
    void readsAnswersThatAreTooLongForOnePacket() {
        String long50 = "x".repeat(50);
        List<String> lines = new ArrayList<>();
        for (int host = 0; host < 100; host++) { // more of one name BIND does not take
            String name = "h" + host + "-" + long50 + ".example.test";
            lines.add("add _crowd._tcp.example.test 60 SRV 1 1 " + (20_000 + host) + " " + name + ".");
            lines.add("add " + name + " 60 A 127.0.0.1");
        }
        bind.update(lines.toArray(String[]::new));
        assertThat(nodes(registry(), "crowd")).hasSize(100).allMatch(node -> node.address()
                .startsWith("127.0.0.1:2"));
    }

    @Test
    void tellsWhatHasChangedWhenTheTtlIsOver() {
        bind.update(
                "add _live._tcp.example.test 1 SRV 1 1 9001 live.example.test.", "add live.example.test 1 A 127.0.0.1");
        DnsRegistry registry = registry();
        RecordingWatcher changes = RecordingWatcher.of("live");
        Watch watch = result(registry.watch("live", changes));
        bind.update(
                "add _live._tcp.example.test 1 SRV 1 1 9002 live.example.test.",
                "delete _live._tcp.example.test SRV 1 1 9001 live.example.test.");
        List<RegistryChange> told = List.of(changes.next(), changes.next());
        assertThat(told)
                .extracting(
                        RegistryChange::action,
                        change -> change.service().nodes().get(0).id())
                .containsExactlyInAnyOrder(
                        tuple(Action.DELETE, "live.example.test:9001"), tuple(Action.CREATE, "live.example.test:9002"));
        watch.close();
    }

    @Test
    void keepsTheLastAnswerWhileTheServerIsAway(@TempDir Path own) {
        try (Bind server = Bind.start(own)) {
            server.update(
                    "add _kept._tcp.example.test 1 SRV 1 1 9001 kept.example.test.",
                    "add kept.example.test 1 A 127.0.0.1");
            DnsRegistry registry = registry(
                    OPTIONS.withQueryTimeout(Duration.ofMillis(100)).withMaxTtl(OPTIONS.minTtl()), server.address());
            RecordingWatcher changes = RecordingWatcher.of("kept");
            result(registry.watch("kept", changes));
            server.stop();
            assertThat(failure(registry.get("never")).detail()).startsWith("dns: _never._tcp.example.test: ");
            Promise<Void> expired = Promise.promise();
            VERTX.setTimer(1500, timer -> expired.complete());
            result(expired.future());
            assertThat(nodes(registry, "kept")).extracting(Node::id).containsExactly("kept.example.test:9001");
            server.start();
            server.update("add _kept._tcp.example.test 1 SRV 1 1 9002 kept.example.test.");
            assertThat(changes.next().service().nodes().get(0).id()).isEqualTo("kept.example.test:9002");
        }
    }

    @Test
    void putsTheAnswersOfSeveralServersTogether() {
        bind.update(
                "add _both._tcp.example.test 60 SRV 1 1 9001 both.example.test.",
                "add both.example.test 60 A 127.0.0.1");
        DnsRegistry registry = registry(OPTIONS, bind.address(), dnsmasq.address());
        assertThat(nodes(registry, "both"))
                .extracting(Node::address)
                .containsExactlyInAnyOrder("127.0.0.1:9001", "127.0.0.3:9003");
    }

    @Test
    void findsAddressesForOnePort() {
        DnsRegistry registry = registry(OPTIONS.withPort(9001), dnsmasq.address());
        assertThat(nodes(registry, "fixed"))
                .extracting(Node::address)
                .containsExactly("127.0.0.4:9001", "127.0.0.5:9001");
        assertThat(nodes(registry, "six")).extracting(Node::address).containsExactly("[::1]:9001");
        assertThat(nodes(registry, "alias")).hasSize(2);
        assertThat(nodes(registry, "fixed.example.test:7"))
                .extracting(Node::address)
                .contains("127.0.0.4:7");
    }

    @Test
    void findsWhatIsRegisteredWithConsul() {
        int port = FreePorts.next();
        try (ConsulAgent consul = ConsulAgent.dev(directory, "-dns-port=" + port)) {
            consul.request(
                    "PUT",
                    "/v1/agent/service/register",
                    "{\"ID\": \"g1\", \"Name\": \"greeter\", \"Address\": \"127.0.0.7\", \"Port\": 9001}");
            DnsRegistry registry = registry(OPTIONS.withDomain("service.consul"), "127.0.0.1:" + port);
            assertThat(nodes(registry, "greeter")).extracting(Node::address).containsExactly("127.0.0.7:9001");
            consul.request("PUT", "/v1/agent/service/deregister/g1", "");
            RecordingWatcher changes = RecordingWatcher.of("greeter");
            result(registry.watch("greeter", changes));
            assertThat(changes.next().action()).isEqualTo(Action.DELETE);
        }
    }

    @Test
    void refusesToRegisterAndToList() {
        DnsRegistry registry = registry();
        ServiceInfo service = new ServiceInfo("a", "", Map.of(), List.of(), List.of(new Node("a", "a:1", Map.of())));
        for (Future<?> refused : List.of(
                registry.register(service, Duration.ZERO),
                registry.deregister(service),
                registry.list(),
                registry.watch(change -> {}),
                registry.get("a..b"))) {
            assertThat(failure(refused).code()).isEqualTo(400);
            assertThat(failure(refused).detail()).startsWith("dns: ");
        }
    }

    @Test
    void answersOnTheContextOfItsCaller() {
        Context context = VERTX.getOrCreateContext();
        Promise<Boolean> same = Promise.promise();
        DnsRegistry registry = registry();
        context.runOnContext(
                start -> registry.get("nobody").onComplete(done -> same.complete(CurrentContext.is(context))));
        assertThat(result(same.future())).isTrue();
    }

    @Test
    void failsOnceItIsClosed() {
        DnsRegistry registry = registry();
        result(registry.get("nobody"));
        result(registry.close());
        result(registry.close());
        assertThat(failure(registry.get("nobody")).detail()).isEqualTo("registry is closed");
    }
}
