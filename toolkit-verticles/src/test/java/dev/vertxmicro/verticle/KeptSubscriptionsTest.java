package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires(Requirement.MOSQUITTO)
class KeptSubscriptionsTest {
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private final class Listening extends ServiceVerticle {
        @Override
        protected void configure(Service service) {
            service.server().subscribe(EVENTS, (message, context) -> {
                heard.add(message.getValue());
                return Future.succeededFuture();
            });
        }
    }

    private static JsonObject config(JsonObject mqtt) {
        return new JsonObject()
                .put("service", new JsonObject().put("name", "listener"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "mqtt").put("mqtt", mqtt));
    }

    private String deploy(Vertx vertx, JsonObject mqtt, int instances) throws Exception {
        DeploymentOptions options =
                new DeploymentOptions().setConfig(config(mqtt)).setInstances(instances);
        return await(vertx.deployVerticle(Listening::new, options));
    }

    @Test
    void hearsWhatWasPublishedWhileTheServiceWasStopped(@TempDir Path directory) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Mosquitto mosquitto = Mosquitto.start(directory)) {
            JsonObject publisher = new JsonObject().put("address", mosquitto.address());
            JsonObject keeping = publisher.copy().put("clientId", "listener").put("cleanSession", false);
            DescribedClient client = DescribedClient.create(vertx, config(publisher));
            for (int instances : List.of(1, 3)) {
                String id = deploy(vertx, keeping, instances);
                await(client.publish(EVENTS, StringValue.of("there")));
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("there");
                await(vertx.undeploy(id));
                await(client.publish(EVENTS, StringValue.of("missed")));
                String again = deploy(vertx, keeping, instances);
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("missed");
                await(vertx.undeploy(again));
            }
            await(client.close());
        } finally {
            await(vertx.close());
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void startsWithoutTheServerWhereItIsNotRequiredAndHearsLater(@TempDir Path directory) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Mosquitto mosquitto = Mosquitto.start(directory)) {
            mosquitto.stop();
            JsonObject patient = new JsonObject()
                    .put("address", mosquitto.address())
                    .put("required", false)
                    .put("publishTimeout", "20s")
                    .put("reconnectMax", "100ms");
            deploy(vertx, patient, 1);
            DescribedClient client = DescribedClient.create(vertx, config(patient));
            mosquitto.start();
            for (int round = 0; heard.isEmpty(); round++) {
                assertThat(round).isLessThan(5000);
                await(client.publish(EVENTS, StringValue.of("later")));
            }
            assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("later");
            await(client.close());
        } finally {
            await(vertx.close());
        }
    }
}
