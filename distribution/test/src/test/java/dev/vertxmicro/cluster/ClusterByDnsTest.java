package dev.vertxmicro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.cluster.BinVertx.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Members that find each other as pods of Kubernetes do by conf/cluster/cluster-kubernetes.xml: one name has the addresses of all. Here
 * the names are those of a file, and the addresses of the loopback interface.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterByDnsTest {
    private static final String SERVER = "{\"service\": {\"name\": \"clock\", \"version\": \"1.0.0\"}, \"server\":"
            + " {\"endpoints\": [\"Clock.Now\"]}, \"registry\": {\"type\": \"memory\"}}";

    @TempDir
    private Path directory = Path.of("");

    private final List<Member> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(Member::close);
    }

    private Member started(String address, String... arguments) throws IOException {
        BinVertx pod = new BinVertx(
                "-Djdk.net.hosts.file=" + directory.resolve("hosts") + " -Dvertx.hazelcast.config="
                        + directory.resolve("cluster.xml") + " -Dhazelcast.local.localAddress=" + address,
                "-cluster",
                "-cluster-host",
                address);
        Member member = pod.start(arguments);
        members.add(member);
        return member;
    }

    @Test
    void findsEachAddressOfTheName() throws Exception {
        Files.writeString(
                directory.resolve("hosts"),
                "127.0.0.1 localhost " + InetAddress.getLocalHost().getHostName()
                        + "\n127.0.0.2 vertx-micro-cluster\n127.0.0.3 vertx-micro-cluster\n");
        Files.writeString(
                directory.resolve("cluster.xml"),
                Files.readString(BinVertx.home().resolve("conf/cluster/cluster-kubernetes.xml"))
                        .replace("15701", Integer.toString(BinVertx.freePorts())));
        started("127.0.0.2", "run", "examples.ClockVerticle");
        Member server = started("127.0.0.3", "run", "dev.vertxmicro.verticle.ServerVerticle", "-conf", SERVER);
        String line = server.awaitAll("Listening on 127.0.0.3:", "handlers: micro.handler/clock/Clock.Now is at node");
        String address = line.substring(line.indexOf("127.0.0.3:"));
        assertThat(new BinVertx("")
                        .runAlone("call", "clock", "Clock.Now", "{}", "--address", address, "--timeout", "5s"))
                .contains("\"now\":");
    }
}
