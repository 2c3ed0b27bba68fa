package examples;

import dev.vertxmicro.verticle.DescribedClient;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Calls the greeter by name and prints its answer: {@code GreeterClient [NAME]}. */
public final class GreeterClient {
    private GreeterClient() {}

    /**
     * Calls the greeter once.
     *
     * @param args whom to greet
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        DescribedClient client = DescribedClient.create(vertx, new JsonObject());
        HelloRequest request = HelloRequest.newBuilder()
                .setName(args.length == 0 ? "davie" : args[0])
                .build();
        GreeterService.create("greeter", client)
                .hello(request)
                .map(HelloResponse::getGreeting)
                .onSuccess(System.out::println)
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }
}
