package examples;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.verticle.DescribedClient;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Calls the greeter as a descriptor chooses and hedges, then with a strategy and a delay of its own: {@code SteadyClient FILE
 * [NAME]}.
 */
public final class SteadyClient {
    /** The same user goes to the same node. Made once: its ring stays from call to call. */
    private static final Strategy BY_USER = Strategy.hash("User");

    private SteadyClient() {}

    /**
     * Calls the greeter twice.
     *
     * @param args the descriptor, and whom to greet
     */
    public static void main(String[] args) {
        if (args.length == 0) {
            System.err.println("usage: SteadyClient FILE [NAME], such as conf/steady-client.json");
            System.exit(2);
        }
        Vertx vertx = Vertx.vertx();
        Buffer descriptor = vertx.fileSystem().readFileBlocking(args[0]);
        DescribedClient client = DescribedClient.create(vertx, new JsonObject(descriptor));
        GreeterService greeter = GreeterService.create("greeter", client);
        String name = args.length < 2 ? "davie" : args[1];
        asTheDescriptorSays(greeter, name)
                .compose(greeting -> byUser(greeter, name).map(again -> greeting + "\n" + again))
                .onSuccess(System.out::println)
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }

    private static Future<String> asTheDescriptorSays(GreeterService greeter, String name) {
        return greeter.hello(request(name)).map(HelloResponse::getGreeting);
    }

    /** Another node is asked besides, if the user's own has not answered after 20 ms. */
    private static Future<String> byUser(GreeterService greeter, String name) {
        CallOptions options = CallOptions.DEFAULTS
                .withStrategy(BY_USER)
                .withIdempotent(true)
                .withHedge(HedgeOptions.DEFAULTS.withDelay(Duration.ofMillis(20)));
        CallContext context = CallContext.create().withMetadata("User", name);
        return greeter.withOptions(options).hello(context, request(name)).map(HelloResponse::getGreeting);
    }

    private static HelloRequest request(String name) {
        return HelloRequest.newBuilder().setName(name).build();
    }
}
