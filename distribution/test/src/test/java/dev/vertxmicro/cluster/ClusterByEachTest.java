package dev.vertxmicro.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.vertxmicro.cluster.BinVertx.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xerial.snappy.SnappyInputStream;

/**
 * Two members of a cluster on the loopback interface, by each cluster manager that the distribution has: one has the handler, the registry
 * and the broker, the other serves and stands by. Each is called from a third, and dies.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClusterByEachTest {
    private static final String BROKER =
            "{\"main\": \"dev.vertxmicro.verticle.BrokerVerticle\", \"options\": {\"config\":"
                    + " {\"shared\": true, \"registry\": {\"type\": \"memory\"}, \"broker\": {\"type\": \"memory\"}}}}";
    private static final String FIRST = "{\"verticles\": [{\"main\": \"examples.ClockVerticle\"}, " + BROKER
            + ", {\"main\": \"dev.vertxmicro.verticle.RegistryVerticle\", \"options\": {\"config\": {\"shared\": true,"
            + " \"registry\": {\"type\": \"memory\"}}}}]}";
    private static final String SECOND = "{\"verticles\": [" + BROKER
            + ", {\"main\": \"dev.vertxmicro.verticle.ServerVerticle\", \"options\": {\"config\": {\"service\": {\"name\":"
            + " \"clock\", \"version\": \"1.0.0\"}, \"server\": {\"endpoints\": [\"Clock.Now\"]}, \"registry\": {\"type\":"
            + " \"eventbus\"}}}}]}";

    @TempDir
    private Path directory = Path.of("");

    private final int port = BinVertx.freePorts();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T opening) {
        open.add(opening);
        return opening;
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    /** The settings of the distribution at ports of this test's own: a user's file, on his class path. */
    private String settings(String path, int first) throws IOException {
        Path file = BinVertx.home().resolve("conf/cluster").resolve(path);
        String text = Files.readString(file);
        for (int i = 0; i < 10; i++) {
            text = text.replace(Integer.toString(first + i), Integer.toString(port + i));
        }
        return file(file.getFileName().toString(), text);
    }

    private void answersAndSurvives(BinVertx vertx) throws Exception {
        Member first = opened(vertx.start("run", file("first.json", FIRST)));
        first.await("Open at micro.registry");
        Member second = opened(vertx.start("run", file("second.json", SECOND)));
        second.await("Registering node: clock-");

        assertThat(vertx.run("call", "clock", "Clock.Now", "{}")).contains("\"now\":");

        JsonArray found = nodes(vertx);
        for (int i = 0; found.size() < 2 && i < 5; i++) { // answers take their time on a busy machine
            found = nodes(vertx);
        }
        assertThat(found).hasSize(2);
        assertThat(found).map(node -> duties(node)).anySatisfy(duties -> assertThat(duties)
                .contains("broker micro.broker")
                .anyMatch(duty -> duty.startsWith("registry micro.registry (1 ")));
        assertThat(found)
                .flatExtracting(node -> strings(node, "addresses"))
                .singleElement()
                .asString()
                .startsWith("clock at 127.0.0.1:");

        first.kill();
        second.await("micro.broker taken over from");
    }

    private static JsonArray nodes(BinVertx vertx) throws Exception {
        String said = vertx.run("nodes", "--json");
        return new JsonArray(said.lines()
                .filter(line -> line.startsWith("["))
                .findFirst()
                .orElseThrow(() -> new AssertionError(said)));
    }

    private static List<String> duties(Object node) {
        return strings(node, "duties");
    }

    private static List<String> strings(Object node, String key) {
        return ((JsonObject) node)
                .getJsonArray(key).stream().map(String::valueOf).toList();
    }

    @Test
    void worksByHazelcast() throws Exception {
        String file = settings("cluster.xml", 15701);
        answersAndSurvives(new BinVertx("-Dvertx.hazelcast.config=" + file, "-cluster", "-cluster-host", "127.0.0.1"));
    }

    @Test
    void worksByInfinispan() throws Exception {
        settings("infinispan/infinispan.xml", 15801);
        answersAndSurvives(by("infinispan"));
    }

    @Test
    void worksByIgnite() throws Exception {
        settings("ignite/ignite.json", 15951);
        answersAndSurvives(by("ignite"));
    }

    @Test
    void worksByZookeeper() throws Exception {
        settings("zookeeper/zookeeper.json", 2181);
        zookeeper();
        answersAndSurvives(by("zookeeper"));
    }

    private BinVertx by(String manager) {
        return new BinVertx(
                "", "-cluster", "-cluster-host", "127.0.0.1", "-cluster-manager", manager, "-cp", directory.toString());
    }

    /** ZooKeeper's own server, of the jar that its client is in. */
    private void zookeeper() throws Exception {
        List<String> path = new ArrayList<>();
        for (Class<?> type : List.of(MetricRegistry.class, SnappyInputStream.class)) {
            path.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        for (String folder : List.of("lib/cluster/zookeeper", "lib")) {
            try (Stream<Path> jars = Files.list(BinVertx.home().resolve(folder))) {
                jars.map(Path::toString).filter(jar -> jar.endsWith(".jar")).forEach(path::add);
            }
        }
        String data = Files.createDirectory(directory.resolve("zookeeper")).toString();
        String config = file(
                "zoo.cfg",
                "tickTime=500\ndataDir=" + data + "\nclientPort=" + port
                        + "\nclientPortAddress=127.0.0.1\nadmin.enableServer=false\n");
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx128m",
                        "-cp",
                        String.join(":", path),
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        config)
                .redirectErrorStream(true)
                .start();
        opened(new Member(server)).await("binding to port");
    }
}
