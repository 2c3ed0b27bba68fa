package examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * Lists services and calls one, knowing nothing but the event bus: {@code bin/vertx run conf/event-bus.json}.
 */
public final class BusVerticle extends VerticleBase {

    /** For the deployment by name. */
    public BusVerticle() {}

    @Override
    public Future<?> start() {
        DeliveryOptions list =
                new DeliveryOptions().addHeader("micro-version", "1").addHeader("action", "list");
        DeliveryOptions call = new DeliveryOptions()
                .addHeader("micro-version", "1")
                .addHeader("service", "greeter")
                .addHeader("endpoint", "Greeter.Hello");
        return vertx.eventBus()
                .<JsonObject>request("micro.registry", new JsonObject(), list)
                .onSuccess(
                        reply -> System.out.println("services: " + reply.body().getJsonArray("services")))
                .compose(listed -> vertx.eventBus()
                        .<JsonObject>request("micro.client", new JsonObject().put("name", "davie"), call))
                .onSuccess(reply -> System.out.println(reply.body().getString("greeting")));
    }
}
