package dev.vertxmicro.verticle;

import com.google.protobuf.StringValue;
import dev.vertxmicro.service.Service;
import io.vertx.core.Promise;

/** Echoes after a moment, so that calls run whenever it is stopped. */
public final class PausingVerticle extends ServiceVerticle {
    private static final long MILLIS = 30;

    @Override
    protected void configure(Service service) {
        service.server().handle(EchoVerticle.ECHO, (request, context) -> {
            Promise<StringValue> later = Promise.promise();
            vertx.setTimer(MILLIS, passed -> later.complete(request));
            return later.future();
        });
    }
}
