package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.ServiceJson;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a verticle says that knows nothing but {@code vertx.eventBus()}. */
record Bus(Vertx vertx) {

    JsonObject ask(String action, @Nullable JsonObject body, String... headers) {
        return Await.result(asking(action, body, headers));
    }

    Future<JsonObject> asking(String action, @Nullable JsonObject body, String... headers) {
        DeliveryOptions options =
                new DeliveryOptions().addHeader("micro-version", "1").addHeader("action", action);
        for (int i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        return vertx.eventBus()
                .<JsonObject>request("micro.registry", body, options)
                .map(Message::body);
    }

    static ServiceInfo service(String name, String... nodes) {
        List<Node> all = List.of(nodes).stream()
                .map(node -> new Node(node, "127.0.0.1:9001", Map.of()))
                .toList();
        return new ServiceInfo(name, "1", Map.of(), List.of(), all);
    }

    static JsonObject json(String name, String... nodes) {
        return ServiceJson.write(service(name, nodes));
    }
}
