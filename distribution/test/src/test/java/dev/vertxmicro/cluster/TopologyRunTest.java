package dev.vertxmicro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.cluster.BinVertx.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a topology of several processes: each of its nodes in one. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TopologyRunTest {
    private static final String TOPOLOGY =
            BinVertx.home().resolve("conf/topology-cluster.json").toString();

    @TempDir
    private Path directory = Path.of("");

    private final List<Member> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(Member::close);
    }

    private BinVertx cluster() throws IOException {
        String text = Files.readString(BinVertx.home().resolve("conf/cluster/cluster.xml"));
        int port = BinVertx.freePorts();
        for (int i = 0; i < 10; i++) {
            text = text.replace(Integer.toString(15701 + i), Integer.toString(port + i));
        }
        Path file = Files.writeString(directory.resolve("cluster.xml"), text);
        return new BinVertx("-Dvertx.hazelcast.config=" + file, "-cluster", "-cluster-host", "127.0.0.1");
    }

    private Member node(BinVertx cluster, String name) throws IOException {
        Member member = cluster.start("run", TOPOLOGY, "--node", name);
        members.add(member);
        return member;
    }

    @Test
    void runsEachNodeInItsProcess() throws Exception {
        BinVertx cluster = cluster();
        Member registry = node(cluster, "registry");
        node(cluster, "handlers");
        node(cluster, "client");
        registry.await("Open at micro.registry");
        Member server = node(cluster, "server");
        String listening = server.awaitAll(
                "Listening on ", "Registering node: clock-", "handlers: micro.handler/clock/Clock.Now is at node");
        assertThat(listening).contains("127.0.0.1:");

        assertThat(cluster.run("call", "clock", "Clock.Now", "{}")).contains("\"now\":");
        assertThat(cluster.run("nodes"))
                .contains(
                        "verticle  dev.vertxmicro.verticle.ClientVerticle",
                        "address   clock at 127.0.0.1:",
                        "duty      broker micro.broker",
                        "duty      registry micro.registry (1 registrations)",
                        "handler   micro.handler/clock/Clock.Now");
    }

    @Test
    void showsWhatANodeWouldRunAndStartsNothing() throws Exception {
        String shown = new BinVertx("")
                .runAlone("run", TOPOLOGY, "--node", "server", "--dry-run", "--server_version", "2.0.0");
        assertThat(shown).contains("\"version\" : \"2.0.0\"", "\"requestTimeout\" : \"5s\"", "\"type\" : \"eventbus\"");
        assertThat(new BinVertx("").runAlone("run", TOPOLOGY))
                .contains("--node: missing (expected: one of the nodes of ", "registry, handlers, server, client)");
        assertThat(new BinVertx("").runAlone("diff", TOPOLOGY, TOPOLOGY)).isEmpty();
    }
}
