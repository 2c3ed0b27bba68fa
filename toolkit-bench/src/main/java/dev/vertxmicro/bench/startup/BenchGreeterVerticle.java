package dev.vertxmicro.bench.startup;

import dev.vertxmicro.bench.proto.HelloRequest;
import dev.vertxmicro.bench.proto.HelloResponse;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;

/** The greeter as a service verticle. */
public final class BenchGreeterVerticle extends ServiceVerticle {
    private static final Endpoint<HelloRequest, HelloResponse> HELLO =
            Endpoint.unary("Greeter.Hello", HelloRequest.class, HelloResponse.class);

    /** For the deployment by name. */
    public BenchGreeterVerticle() {}

    @Override
    protected void configure(Service target) {
        target.server()
                .handle(
                        HELLO,
                        (request, context) -> Future.succeededFuture(HelloResponse.newBuilder()
                                .setGreeting("Hello " + request.getName())
                                .build()));
    }
}
