package dev.vertxmicro.registry.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.lab.Namespace;
import dev.vertxmicro.testkit.lab.Namespace.Pair;
import dev.vertxmicro.testkit.lab.Namespace.Probe;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Processes of their own, on networks without IPv4, with the default options. */
@Requires(Requirement.NETWORK)
class MdnsIpv6Test {
    private static final String LINK_LOCAL = "\\[fe80:[0-9a-f:]+%";

    @Test
    void findsAndCallsByLinkLocalAddresses() throws Exception {
        try (Namespace left = Namespace.create().withoutIpv4().withoutDuplicateDetection();
                Namespace right = Namespace.create().withoutIpv4().withoutDuplicateDetection()) {
            Pair pair = Namespace.connect(left, right);
            Probe watcher = right.probe(MdnsProbe.class, "watch").start();
            Probe server = left.probe(MdnsProbe.class, "answer", "greeter");
            watcher.expect("watching");
            server.start();
            server.expect("registered");
            watcher.expectMatch("CREATE " + LINK_LOCAL + pair.b() + "]:\\d+");
            watcher.ask("call greeter").expect("hello you");
            server.ask("call greeter").expect("hello you");
            watcher.ask("list").expect("listed [greeter]");
            server.end();
            watcher.expectMatch("DELETE " + LINK_LOCAL + pair.b() + "]:\\d+");
            watcher.ask("list").expect("listed []");
        }
    }

    @Test
    void findsAndCallsByUniqueLocalAddressesAndMissesAKilledNodeInTime() throws Exception {
        try (Namespace left = Namespace.create().withoutIpv4().withoutDuplicateDetection();
                Namespace right = Namespace.create().withoutIpv4().withoutDuplicateDetection()) {
            Namespace.connect(left, "fd77::1/64", right, "fd77::2/64");
            Probe watcher = right.probe(MdnsProbe.class, "watch").start();
            Probe server = left.probe(MdnsProbe.class, "serve", "greeter", ":9001", "2");
            Probe answers = left.probe(MdnsProbe.class, "answer", "other");
            watcher.expect("watching");
            answers.start().expect("registered");
            watcher.expectMatch("CREATE \\[fd77:0:0:0:0:0:0:1]:\\d+");
            watcher.ask("call other").expect("hello you");
            server.start();
            watcher.expect("CREATE [fd77:0:0:0:0:0:0:1]:9001");
            server.expect("registered");
            long killed = System.nanoTime();
            server.kill();
            watcher.expect("DELETE [fd77:0:0:0:0:0:0:1]:9001");
            watcher.ask("list").expect("listed [other]");
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void findsWhatIsThereOnSeveralLinksAndOnANewOne() throws Exception {
        try (Namespace hub = Namespace.create().withoutIpv4().withoutDuplicateDetection();
                Namespace left = Namespace.create().withoutIpv4().withoutDuplicateDetection();
                Namespace right = Namespace.create().withoutIpv4()) {
            Pair first = Namespace.connect(hub, left);
            Probe leftServer = left.probe(MdnsProbe.class, "answer", "left").start();
            Probe rightServer = right.probe(MdnsProbe.class, "answer", "right").start();
            Probe client = hub.probe(MdnsProbe.class, "watch");
            leftServer.expect("registered");
            rightServer.expect("registered");
            client.start().expect("watching");
            client.ask("call left").expect("hello you");
            // Its peer cannot use its address for a second or two: it detects duplicates.
            Pair second = Namespace.connect(hub, right);
            rightServer.end();
            rightServer.expect("closed");
            Probe again = right.probe(MdnsProbe.class, "answer", "right").start();
            again.expect("registered");
            client.expectMatch("CREATE " + LINK_LOCAL + second.a() + "]:\\d+");
            client.ask("get left").expectMatch("got \\[" + LINK_LOCAL + first.a() + "]:\\d+]");
            client.ask("call right").expect("hello you");
            client.ask("call left").expect("hello you");
        }
    }

    @Test
    void findsNodesOfAHostWithoutIpv4FromOneWithBoth() throws Exception {
        try (Namespace six = Namespace.create().withoutIpv4().withoutDuplicateDetection();
                Namespace both = Namespace.create().withoutDuplicateDetection()) {
            Pair pair = Namespace.connect(six, "fd77::1/64", both, "fd77::2/64");
            both.ip("addr", "add", "10.77.0.2/24", "dev", pair.b());
            Probe server = six.probe(MdnsProbe.class, "answer", "six").start();
            Probe watcher = both.probe(MdnsProbe.class, "watch");
            server.expect("registered");
            watcher.start().expect("watching");
            watcher.ask("call six").expect("hello you");
            Probe four =
                    both.probe(MdnsProbe.class, "serve", "four", ":9001", "60").start();
            watcher.expect("CREATE 10.77.0.2:9001");
            Probe reachable = both.probe(MdnsProbe.class, "serve", "reachable", "[fd77::2]:9002", "60")
                    .start();
            watcher.expect("CREATE [fd77:0:0:0:0:0:0:2]:9002");
            server.ask("list").expect("listed [reachable, six]");
            four.end();
            reachable.end();
            watcher.expectMatch("DELETE .*");
            watcher.expectMatch("DELETE .*");
        }
    }
}
