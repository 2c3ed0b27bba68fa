package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.TestCertificate;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To whom the broker's port of a described service is open. */
class BrokerExposureTest {
    @TempDir
    private Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private final DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));

    @AfterEach
    void stop() throws Exception {
        await(client.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private JsonObject descriptor(JsonObject broker) {
        TestCertificate certificate = TestCertificate.create(directory, "ours", "ip:127.0.0.1");
        JsonObject tls = new JsonObject()
                .put("certificate", certificate.certificate().toString())
                .put("key", certificate.key().toString())
                .put("trust", new JsonArray().add(certificate.certificate().toString()))
                .put("clientAuth", true);
        return new JsonObject()
                .put("service", new JsonObject().put("name", "listening"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", registry)
                .put("transport", new JsonObject().put("http", new JsonObject().put("tls", tls)))
                .put("broker", new JsonObject().put("http", broker));
    }

    private List<String> deploy(Class<?> verticle, JsonObject broker) throws Exception {
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            await(vertx.deployVerticle(
                    verticle.getName(),
                    new DeploymentOptions().setConfig(descriptor(broker)).setInstances(2)));
            return logs.all().stream()
                    .filter(line -> line.startsWith("broker: "))
                    .toList();
        }
    }

    private List<Node> nodes() throws Exception {
        return await(client.registry().get("go.micro.http.broker")).stream()
                .flatMap(version -> version.nodes().stream())
                .toList();
    }

    @Test
    void isReachedAndSecuredAsTheService() throws Exception {
        assertThat(deploy(ListeningVerticle.class, new JsonObject())).isEmpty();
        assertThat(nodes()).isNotEmpty().allSatisfy(node -> {
            assertThat(node.address()).startsWith("127.0.0.1:");
            assertThat(node.metadata()).containsEntry("secure", "true");
        });
    }

    @Test
    void hasNoPortWithoutSubscribers() throws Exception {
        try (RecordedLogs logs = RecordedLogs.of(Deployment.class)) {
            assertThat(deploy(EchoVerticle.class, new JsonObject())).isEmpty();
            assertThat(nodes()).isEmpty();
            assertThat(logs.all()).contains("Broker [http] Connected to 127.0.0.1:0");
        }
    }

    @Test
    void isWarnedOfOnceIfItsOwnSettingsProtectItLess() throws Exception {
        JsonObject open = new JsonObject().put("address", ":0").put("tls", new JsonObject().put("enabled", false));
        assertThat(deploy(ListeningVerticle.class, open))
                .singleElement()
                .asString()
                .contains("less protected", "leave out broker.http.tls", "leave out broker.http.address");
        assertThat(nodes()).isNotEmpty().allSatisfy(node -> assertThat(node.metadata())
                .containsEntry("secure", "false"));
    }
}
