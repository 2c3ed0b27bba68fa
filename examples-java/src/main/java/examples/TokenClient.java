package examples;

import dev.vertxmicro.verticle.DescribedClient;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Calls the guarded greeter with a token, which nobody else is shown: {@code TokenClient TOKEN [NAME]}. */
public final class TokenClient {
    private TokenClient() {}

    /**
     * Calls the greeter.
     *
     * @param args the token, and whom to greet
     */
    public static void main(String[] args) {
        if (args.length == 0) {
            System.err.println("usage: TokenClient TOKEN [NAME]");
            System.exit(2);
        }
        Vertx vertx = Vertx.vertx();
        DescribedClient client = DescribedClient.create(vertx, descriptor(args[0]));
        HelloRequest request = HelloRequest.newBuilder()
                .setName(args.length < 2 ? "davie" : args[1])
                .build();
        GreeterService.create("greeter", client)
                .hello(request)
                .map(HelloResponse::getGreeting)
                .onSuccess(System.out::println)
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }

    private static JsonObject descriptor(String token) {
        JsonObject shown = new JsonObject().put("token", token).put("services", new JsonArray().add("greeter"));
        JsonObject wrapper = new JsonObject().put("type", "jwt").put("jwt", new JsonObject().put("client", shown));
        return new JsonObject()
                .put("registry", new JsonObject().put("type", "mdns"))
                .put("wrappers", new JsonArray().add(wrapper));
    }
}
