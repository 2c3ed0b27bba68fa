package dev.vertxmicro.verticle;

import com.google.protobuf.StringValue;
import dev.vertxmicro.service.Service;
import io.vertx.core.Future;

/** Subscribes to the topic {@code t}. */
public final class ListeningVerticle extends ServiceVerticle {

    @Override
    protected void configure(Service service) {
        service.server().subscribe("t", StringValue.class, (message, context) -> Future.succeededFuture());
    }
}
