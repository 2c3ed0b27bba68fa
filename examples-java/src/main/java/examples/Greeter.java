package examples;

import dev.vertxmicro.message.CallContext;
import examples.greeter.GreeterHandler;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;

/** Greets whoever calls. */
final class Greeter implements GreeterHandler {

    @Override
    public Future<HelloResponse> hello(HelloRequest request, CallContext context) {
        return Future.succeededFuture(HelloResponse.newBuilder()
                .setGreeting("Hello " + request.getName())
                .build());
    }
}
