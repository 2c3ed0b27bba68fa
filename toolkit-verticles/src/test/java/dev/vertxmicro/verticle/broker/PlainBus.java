package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.BrokerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a verticle says that knows nothing but {@code vertx.eventBus()}. */
record PlainBus(Vertx vertx) {

    Future<Message<Object>> publish(String topic, @Nullable Object body, String... headers) {
        return ask("micro.broker.publish", body, options(headers).addHeader("topic", topic));
    }

    Future<Message<Object>> act(String action, @Nullable Object body, String... headers) {
        return ask("micro.broker", body, options(headers).addHeader("action", action));
    }

    private Future<Message<Object>> ask(String address, @Nullable Object body, DeliveryOptions options) {
        return vertx.eventBus().request(address, body, options);
    }

    static DeliveryOptions options(String... headers) {
        DeliveryOptions options = new DeliveryOptions().addHeader("micro-version", "1");
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        return options;
    }

    Recording<Message<Object>> consume(String address) {
        Recording<Message<Object>> recording = new Recording<>();
        Await.result(vertx.eventBus().consumer(address, recording).completion());
        return recording;
    }

    String deploy(JsonObject descriptor) {
        return Await.result(deploying(descriptor, 1));
    }

    Future<String> deploying(JsonObject descriptor, int instances) {
        DeploymentOptions options =
                new DeploymentOptions().setConfig(descriptor).setInstances(instances);
        return vertx.deployVerticle(BrokerVerticle.class.getName(), options);
    }

    /** A descriptor with a broker in memory and these bridges. */
    static JsonObject memory(JsonObject... bridges) {
        JsonArray all = new JsonArray();
        for (JsonObject bridge : bridges) {
            all.add(bridge);
        }
        return new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "memory"))
                .put("bridges", all);
    }

    static JsonObject toBus(String topic) {
        return new JsonObject().put("to", "bus").put("topic", topic);
    }

    static JsonObject toBroker(String address, String topic) {
        return new JsonObject().put("to", "broker").put("address", address).put("topic", topic);
    }
}
