package dev.vertxmicro.registry.dnssd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.testkit.lab.Namespace;
import dev.vertxmicro.testkit.lab.Namespace.Pair;
import dev.vertxmicro.testkit.lab.Namespace.Probe;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our registry in one namespace, a real Avahi or another process of ours in the other. */
@Requires(Requirement.NETWORK)
class DnsSdAvahiTest {

    @TempDir
    Path directory;

    @Requires(Requirement.AVAHI)
    @Test
    void isSeenByAvahiBrowseAndSeesWhatAvahiPublishes() throws Exception {
        try (Namespace left = Namespace.create();
                Namespace right = Namespace.create()) {
            Pair pair = Namespace.connect(left, "10.77.3.1/24", right, "10.77.3.2/24");
            Avahi avahi = Avahi.start(left, pair.a(), directory);
            Probe browser = avahi.client("stdbuf", "-oL", "avahi-browse", "-rpk", "_micro._tcp");
            Probe server = right.probe(DnsSdProbe.class, "serve", "go.micro.srv.greeter", "10.77.3.2")
                    .start();
            Probe watcher = right.probe(DnsSdProbe.class, "watch", "10.77.3.2").start();
            watcher.expect("watching");
            server.expect("registered");

            String seen = browser.expectMatch("=;.*");
            assertThat(seen)
                    .contains("go-micro-srv-greeter-1;_micro._tcp;local;", ";10.77.3.2;9001;")
                    .contains(
                            "\"service=go.micro.srv.greeter\"",
                            "\"version=1.0.0\"",
                            "\"id=go.micro.srv.greeter-1\"",
                            "\"m-protocol=mucp\"");

            Probe published = avahi.client(
                    "avahi-publish", "-s", "by hand", "_micro._tcp", "9002", "service=other", "version=2", "id=o-1");
            // Avahi may tell the IPv6 address first.
            watcher.expectMatch("(CREATE|UPDATE) other 2 o-1 10\\.77\\.3\\.1:9002 \\{}");
            published.kill();
            watcher.expectMatch("DELETE other 2 o-1 .*");

            server.end();
            browser.expectMatch("-;.*greeter-1;_micro._tcp;local");
            watcher.expectMatch("DELETE go.micro.srv.greeter 1.0.0 .*");
        }
    }

    @Test
    void missesAKilledNodeWhenItsRecordsHaveExpired() throws Exception {
        try (Namespace left = Namespace.create();
                Namespace right = Namespace.create()) {
            Namespace.connect(left, "10.77.4.1/24", right, "10.77.4.2/24");
            Probe watcher = left.probe(DnsSdProbe.class, "watch", "10.77.4.1").start();
            watcher.expect("watching");
            Probe server = right.probe(DnsSdProbe.class, "serve", "greeter", "10.77.4.2")
                    .start();
            watcher.expect("CREATE greeter 1.0.0 greeter-1 10.77.4.2:9001 {protocol=mucp}");
            server.expect("registered");
            long killed = System.nanoTime();
            server.kill();
            watcher.expectMatch("DELETE greeter .*");
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(DnsSdProbe.RECORD_TTL.plusSeconds(1));
        }
    }
}
