package examples;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.verticle.DescribedClient;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Calls the greeter in the content type of a descriptor, then in another: {@code CodecClient FILE [NAME]}. */
public final class CodecClient {
    private static final Endpoint<JsonObject, JsonObject> HELLO =
            Endpoint.unary("Greeter.Hello", JsonObject.class, JsonObject.class);

    private CodecClient() {}

    /**
     * Calls the greeter twice.
     *
     * @param args the descriptor, and whom to greet
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Buffer descriptor = vertx.fileSystem().readFileBlocking(args[0]);
        DescribedClient client = DescribedClient.create(vertx, new JsonObject(descriptor));
        String name = args.length < 2 ? "davie" : args[1];
        inTheTypeOfTheDescriptor(client, name)
                .compose(greeting -> inJsonRpc(client, name).map(again -> greeting + "\n" + again))
                .onSuccess(System.out::println)
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }

    private static Future<String> inTheTypeOfTheDescriptor(DescribedClient client, String name) {
        HelloRequest request = HelloRequest.newBuilder().setName(name).build();
        return GreeterService.create("greeter", client).hello(request).map(HelloResponse::getGreeting);
    }

    /** Without generated classes: any JSON will do. */
    private static Future<String> inJsonRpc(DescribedClient client, String name) {
        Request<JsonObject, JsonObject> request = Request.of("greeter", HELLO, new JsonObject().put("name", name))
                .withOptions(CallOptions.DEFAULTS.withContentType("application/json-rpc"));
        return client.call(CallContext.create(), request).map(response -> response.getString("greeting"));
    }
}
