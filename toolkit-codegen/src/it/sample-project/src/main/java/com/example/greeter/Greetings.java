package com.example.greeter;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.ServerStream;
import io.vertx.core.Future;

/** Answers the calls. */
public final class Greetings implements GreeterHandler {
    @Override
    public Future<HelloResponse> hello(HelloRequest request, CallContext context) {
        return Future.succeededFuture(greet("hello", request));
    }

    @Override
    public Future<Void> greetings(
            HelloRequest request, ServerStream<HelloRequest, HelloResponse> stream, CallContext context) {
        return stream.send(greet("hello", request)).compose(sent -> stream.send(greet("hello again,", request)));
    }

    private static HelloResponse greet(String greeting, HelloRequest request) {
        return HelloResponse.newBuilder()
                .setGreeting(greeting + " " + request.getName())
                .build();
    }
}
