package examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * A plain HTTP server that lets itself be found, knowing nothing but the event bus: {@code bin/vertx run conf/status.json}.
 */
public final class StatusVerticle extends VerticleBase {

    /** For the deployment by name. */
    public StatusVerticle() {}

    @Override
    public Future<?> start() {
        String id = "status-" + UUID.randomUUID();
        // Vert.x takes this consumer away with the verticle; then the registration is dropped.
        vertx.eventBus().consumer(id, ping -> ping.reply(new JsonObject()));
        DeliveryOptions register = new DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("action", "register")
                .addHeader("owner", id);
        return vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end("{\"status\":\"fine\"}"))
                .listen(0, "127.0.0.1")
                .compose(server -> vertx.eventBus()
                        .request("micro.registry", service(id, "127.0.0.1:" + server.actualPort()), register))
                .onSuccess(registered -> System.out.println("registered: " + id));
    }

    private static JsonObject service(String id, String address) {
        JsonObject metadata = new JsonObject().put("protocol", "mucp");
        JsonObject node = new JsonObject().put("id", id).put("address", address).put("metadata", metadata);
        return new JsonObject().put("name", "status").put("version", "1.0.0").put("nodes", new JsonArray().add(node));
    }
}
