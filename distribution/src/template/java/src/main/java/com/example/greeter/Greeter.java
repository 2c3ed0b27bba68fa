package com.example.greeter;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/** Greets whoever calls. */
public final class Greeter implements GreeterHandler {

    @Override
    public Future<HelloResponse> hello(HelloRequest request, CallContext context) {
        if (request.getName().isBlank()) {
            return Future.failedFuture(MicroException.badRequest("@name@", "name: empty (expected: whom to greet)"));
        }
        return Future.succeededFuture(HelloResponse.newBuilder()
                .setGreeting("Hello " + request.getName())
                .build());
    }
}
