package dev.vertxmicro.cli.debug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.service.HealthStatus;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code health}, {@code stats} and {@code logs} of a service that runs by conf/health.json. */
class DebugCommandsTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static final System.Logger LOG = System.getLogger(DebugCommandsTest.class.getName());

    private final Vertx vertx = Vertx.vertx();
    private volatile HealthStatus status = HealthStatus.ok();
    private JsonObject registry;

    /** Has a check. */
    private final class CheckedVerticle extends ServiceVerticle {
        @Override
        protected void configure(Service target) {
            target.health().register("own", () -> Future.succeededFuture(status));
        }
    }

    @BeforeEach
    void start() throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("../conf/health.json")));
        sample.remove("$schema");
        try (DatagramSocket free = new DatagramSocket(0);
                ServerSocket port = new ServerSocket(0)) {
            registry = new JsonObject()
                    .put("type", "mdns")
                    .put(
                            "mdns",
                            new JsonObject()
                                    .put("address", "239.255.77.5:" + free.getLocalPort())
                                    .put("interfaces", new JsonArray().add("lo")));
            sample.getJsonObject("health").put("address", "127.0.0.1:" + port.getLocalPort());
        }
        sample.put("registry", registry);
        sample.getJsonObject("server").put("id", "1");
        Await.result(vertx.deployVerticle(new CheckedVerticle(), new DeploymentOptions().setConfig(sample)));
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Result vertx(String... words) {
        String[] where = {
            "--timeout=10s",
            "--conf",
            new JsonObject().put("registry", registry).encode()
        };
        return VERTX.run(
                VERTX.process(Stream.of(words, where).flatMap(Arrays::stream).toArray(String[]::new)));
    }

    @Test
    void asksWhetherNodesAreWellAndFailsWhereOneIsNot() {
        Result well = vertx("health", "greeter");
        assertThat(well.out())
                .startsWith("NODE       ADDRESS")
                .contains("greeter-1  127.0.0.1:")
                .endsWith("  ok\n");
        assertThat(well.exitCode()).isZero();
        status = HealthStatus.down("disk full");
        Result unwell = vertx("health", "greeter", "--json");
        JsonObject node = new JsonArray(unwell.out()).getJsonObject(0);
        assertThat(node.getString("id")).isEqualTo("greeter-1");
        assertThat(node.getString("status")).isEqualTo("down");
        assertThat(unwell.err()).contains("1 of 1 nodes not ok");
        assertThat(unwell.exitCode()).isEqualTo(1);
        Result byAddress = vertx("health", "greeter", "--address=" + node.getString("address"));
        assertThat(byAddress.out()).contains(node.getString("address")).endsWith("  down\n");
    }

    @Test
    void asksWhatNodesUseAndWhatTheyHaveLogged() {
        JsonObject stats = new JsonArray(vertx("stats", "greeter", "--json").out()).getJsonObject(0);
        assertThat(stats.getLong("memory")).isPositive();
        assertThat(stats.getLong("threads")).isPositive();
        assertThat(vertx("call", "greeter", "Checked.Nope", "{}").exitCode()).isEqualTo(1);
        String table = vertx("stats", "greeter").out();
        assertThat(table).contains("UPTIME").contains(" MiB  ");
        assertThat(table.lines().map(String::strip))
                .satisfiesExactly(head -> assertThat(head).matches(".*  GC +REQUESTS  ERRORS"), node -> assertThat(node)
                        .matches(".* ms  3 +1"));
        assertThat(new JsonArray(vertx("stats", "greeter", "--json").out())
                        .getJsonObject(0)
                        .getLong("errors"))
                .isEqualTo(1);
        LOG.log(System.Logger.Level.WARNING, "one line to find");
        Result logs = vertx("logs", "greeter", "--since=5m");
        assertThat(logs.out()).contains(" WARNING " + DebugCommandsTest.class.getName() + ": one line to find\n");
        assertThat(logs.exitCode()).isZero();
        JsonObject last =
                new JsonObject(vertx("logs", "greeter", "--count=1", "--json").out());
        assertThat(last.getString("node")).isEqualTo("greeter-1");
        assertThat(last.getString("value")).isNotEmpty();
    }

    @Test
    void saysWhomItDoesNotFind() {
        Result nobody = vertx("health", "nobody");
        assertThat(nobody.err()).contains("nobody: not found (registry mdns)");
        assertThat(nobody.exitCode()).isEqualTo(1);
        Result gone = vertx("stats", "greeter", "--address=127.0.0.1:1");
        assertThat(gone.err()).contains("1 of 1 nodes without an answer");
        assertThat(vertx("logs", "greeter", "--address=nowhere").exitCode()).isEqualTo(2);
    }
}
