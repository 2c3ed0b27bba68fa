package dev.vertxmicro.registry.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.lab.Namespace;
import dev.vertxmicro.testkit.lab.Namespace.Probe;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Processes of their own, on networks of their own, with the default options. */
@Requires(Requirement.NETWORK)
class MdnsNamespaceTest {

    @Test
    void worksOnLoopbackOnly() throws Exception {
        try (Namespace alone = Namespace.create()) {
            Probe watcher = alone.probe(MdnsProbe.class, "watch").start();
            Probe server = alone.probe(MdnsProbe.class, "serve", "greeter", ":9001", "60");
            watcher.expect("watching");
            server.start();
            watcher.expect("CREATE 127.0.0.1:9001");
            server.expect("registered");
            server.end();
            watcher.expect("DELETE 127.0.0.1:9001");
            server.expect("closed");
        }
    }

    @Test
    void worksOnOneInterfaceAndMissesAKilledNodeInTime() throws Exception {
        try (Namespace left = Namespace.create();
                Namespace right = Namespace.create()) {
            Namespace.connect(left, "10.77.0.1/24", right, "10.77.0.2/24");
            Probe watcher = right.probe(MdnsProbe.class, "watch").start();
            Probe server = left.probe(MdnsProbe.class, "serve", "greeter", ":9001", "2");
            watcher.expect("watching");
            server.start();
            watcher.expect("CREATE 10.77.0.1:9001");
            server.expect("registered");
            long killed = System.nanoTime();
            server.kill();
            watcher.expect("DELETE 10.77.0.1:9001");
            watcher.ask("get greeter").expect("got []");
            watcher.ask("list").expect("listed []");
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void worksOnSeveralInterfacesAndPicksUpANewOne() throws Exception {
        try (Namespace hub = Namespace.create();
                Namespace left = Namespace.create();
                Namespace right = Namespace.create()) {
            Namespace.connect(hub, "10.77.1.1/24", left, "10.77.1.2/24");
            Probe leftWatcher = left.probe(MdnsProbe.class, "watch").start();
            Probe rightWatcher = right.probe(MdnsProbe.class, "watch").start();
            Probe server = hub.probe(MdnsProbe.class, "serve", "greeter", "10.77.1.1:9001", "60");
            leftWatcher.expect("watching");
            rightWatcher.expect("watching");
            server.start();
            leftWatcher.expect("CREATE 10.77.1.1:9001");
            Namespace.connect(hub, "10.77.2.1/24", right, "10.77.2.2/24");
            rightWatcher.expect("CREATE 10.77.1.1:9001");
            server.end();
            leftWatcher.expect("DELETE 10.77.1.1:9001");
            rightWatcher.expect("DELETE 10.77.1.1:9001");
        }
    }

    @Test
    void worksWithoutAddressesOfPrivateRanges() throws Exception {
        try (Namespace left = Namespace.create();
                Namespace right = Namespace.create()) {
            Namespace.connect(left, "192.0.2.1/24", right, "192.0.2.2/24");
            Probe watcher = right.probe(MdnsProbe.class, "watch").start();
            Probe server = left.probe(MdnsProbe.class, "serve", "greeter", ":9001", "60");
            watcher.expect("watching");
            server.start();
            watcher.expect("CREATE 192.0.2.1:9001");
            server.end();
            watcher.expect("DELETE 192.0.2.1:9001");
        }
    }
}
