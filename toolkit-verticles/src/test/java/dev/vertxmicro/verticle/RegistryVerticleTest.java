package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryVerticleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private String deploy(JsonObject descriptor, int instances) {
        DeploymentOptions options =
                new DeploymentOptions().setConfig(descriptor).setInstances(instances);
        return Await.result(vertx.deployVerticle(RegistryVerticle.class.getName(), options));
    }

    private static JsonObject memory() {
        return new JsonObject().put("registry", new JsonObject().put("type", "memory"));
    }

    private JsonObject ask(String action, JsonObject body) {
        DeliveryOptions options = new DeliveryOptions().addHeader("action", action);
        return Await.result(vertx.eventBus().<JsonObject>request("micro.registry", body, options))
                .body();
    }

    private static JsonObject service(String... nodes) {
        JsonArray all = new JsonArray();
        for (String node : nodes) {
            all.add(new JsonObject().put("id", node).put("address", "127.0.0.1:9001"));
        }
        return new JsonObject().put("name", "a").put("version", "1").put("nodes", all);
    }

    @Test
    void refusesToAskItself() {
        JsonObject itself = new JsonObject().put("registry", new JsonObject().put("type", "eventbus"));
        assertThatThrownBy(() -> deploy(itself, 1)).hasMessageContaining("$.registry.type: \"eventbus\" (expected: ");
    }

    @Test
    void worksOnceWithSeveralInstances() {
        String id = deploy(memory(), 3);
        ask("register", service("a1", "a2"));
        for (int i = 0; i < 6; i++) {
            assertThat(ask("list", new JsonObject()).getJsonArray("services")).containsExactly("a");
            assertThat(ask("health", new JsonObject()).getInteger("registrations"))
                    .isEqualTo(2);
        }
        Await.result(vertx.undeploy(id));
        deploy(memory(), 1);
        assertThat(ask("list", new JsonObject()).getJsonArray("services")).isEmpty();
    }

    @Test
    void tellsItsHealthOverHttp() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        deploy(memory().put("health", new JsonObject().put("address", "127.0.0.1:" + port)), 1);
        HttpClient client = vertx.createHttpClient();
        int status = Await.result(client.request(HttpMethod.GET, port, "127.0.0.1", "/health/ready")
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode));
        assertThat(status).isEqualTo(200);
        Await.result(client.close());
    }
}
