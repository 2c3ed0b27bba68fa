package dev.vertxmicro.discovery;

import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** A service of ours that answers JSON. */
public final class HelloVerticle extends ServiceVerticle {

    @Override
    protected void configure(Service target) {
        target.server()
                .handle(
                        Endpoint.unary("Hello.Hello", JsonObject.class, JsonObject.class),
                        (request, context) -> Future.succeededFuture(
                                new JsonObject().put("greeting", "Hello " + request.getString("name", "nobody"))));
    }
}
