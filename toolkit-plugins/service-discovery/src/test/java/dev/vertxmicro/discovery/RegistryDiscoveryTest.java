package dev.vertxmicro.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.types.HttpEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a plain Vert.x application sees of a RegistryVerticle through vertx-service-discovery. */
class RegistryDiscoveryTest {
    private final Vertx vertx = Vertx.vertx();
    private final ServiceDiscovery discovery = ServiceDiscovery.create(vertx);

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    @Test
    void sampleMirrorsAndImports() throws Exception {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "service-discovery.json")));
        JsonObject config = sample.getJsonArray("verticles")
                .getJsonObject(0)
                .getJsonObject("options")
                .getJsonObject("config")
                .put("registry", PrivateGroup.descriptor().getJsonObject("registry"));
        JsonObject echo = new JsonObject()
                .put("registry", config.getJsonObject("registry"))
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"));
        Await.result(vertx.deployVerticle(HelloVerticle.class.getName(), new DeploymentOptions().setConfig(echo)));
        Await.result(discovery.publish(HttpEndpoint.createRecord("theirs", "127.0.0.1", 9002, "/")));

        String id = Await.result(
                vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(config)));
        assertThat(Await.result(discovery.getRecords(record -> true)))
                .extracting(Record::getName)
                .containsExactlyInAnyOrder("echo", "theirs");
        JsonObject listed = Await.result(vertx.eventBus()
                        .<JsonObject>request(
                                "micro.registry", new JsonObject(), new DeliveryOptions().addHeader("action", "list")))
                .body();
        assertThat(listed.getJsonArray("services")).containsExactlyInAnyOrder("echo", "theirs");

        Await.result(vertx.undeploy(id));
        assertThat(Await.result(discovery.getRecords(record -> true)))
                .extracting(Record::getName)
                .containsExactly("theirs");
    }

    @Test
    void importsNothingPastTheRulesOfARegistry() {
        JsonObject registry = new JsonObject()
                .put("type", "memory")
                .put("eventbus", new JsonObject().put("allow", new JsonArray().add("shop.*")));
        JsonObject config =
                new JsonObject().put("registry", registry).put("discovery", new JsonObject().put("import", true));
        assertThatThrownBy(() -> Await.result(vertx.deployVerticle(
                        RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(config))))
                .hasMessageContaining("$.discovery.import");
    }
}
