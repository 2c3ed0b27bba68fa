package dev.vertxmicro.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    private static final String QUIET =
            "{\"registry\": {\"type\": \"memory\"}, \"server\": {\"address\": \"127.0.0.1:0\"}}";

    private final VertxHome vertx = VertxHome.shared();

    @Test
    void saysALineForEachThingAndThatAllIsWell() {
        Result well = vertx.run("doctor", "-conf", QUIET);
        assertThat(well.err()).isEmpty();
        assertThat(well.exitCode()).isZero();
        assertThat(well.out().lines().map(line -> line.substring(0, 16).strip()))
                .containsExactly("java       ok", "port       ok", "registry   ok", "broker     ok", "clock      ok");
    }

    @Test
    void endsWithOneWhereSomethingIsWrong() {
        Result wrong =
                vertx.run("doctor", "-conf", QUIET, "--json", "--registry=consul", "--registry_address=127.0.0.1:1");
        assertThat(wrong.err()).isEqualTo("doctor: 1 of 5 wrong\n");
        assertThat(wrong.exitCode()).isEqualTo(1);
        JsonObject registry = new JsonArray(wrong.out()).getJsonObject(2);
        assertThat(registry.getString("subject")).isEqualTo("registry");
        assertThat(registry.getBoolean("ok")).isFalse();
        assertThat(registry.getString("text")).contains("consul at 127.0.0.1:1: ");
        assertThat(registry.getString("advice")).contains("--registry_address");
    }

    @Test
    void comesToAnMqttServerAsAGuestAndNotAsTheService() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> connect = CompletableFuture.supplyAsync(() -> firstBytes(server));
            JsonObject mqtt = new JsonObject()
                    .put("address", "127.0.0.1:" + server.getLocalPort())
                    .put("clientId", "the-service")
                    .put("will", new JsonObject().put("topic", "service-gone"));
            JsonObject conf = new JsonObject(QUIET)
                    .put("broker", new JsonObject().put("type", "mqtt").put("mqtt", mqtt));
            vertx.run("doctor", "-conf", conf.encode(), "--timeout=2s");
            assertThat(connect.get(10, TimeUnit.SECONDS))
                    .contains("MQTT")
                    .doesNotContain("the-service", "service-gone");
        }
    }

    @Test
    void asksTheDnsThatTheSelectorGoesBy() {
        JsonObject dns = new JsonObject().put("address", "127.0.0.1:1").put("queryTimeout", "100ms");
        JsonObject conf = new JsonObject(QUIET).put("selector", new JsonObject().put("type", "dns"));
        conf.getJsonObject("registry").put("dns", dns);
        Result wrong = vertx.run("doctor", "-conf", conf.encode());
        assertThat(wrong.err()).isEqualTo("doctor: 1 of 6 wrong\n");
        assertThat(wrong.out())
                .containsPattern("selector   wrong  dns at 127.0.0.1:1: .*127.0.0.1:1.*; say by registry.dns.address");
        assertThat(vertx.run("doctor", "-conf", QUIET, "--selector=named").out())
                .contains("selector   ok     named: asks nobody\n");
    }

    private static String firstBytes(ServerSocket server) {
        try (Socket client = server.accept()) {
            byte[] read = new byte[1024];
            return new String(read, 0, Math.max(0, client.getInputStream().read(read)), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
