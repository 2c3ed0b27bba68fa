package examples;

import dev.vertxmicro.discovery.MicroAddress;
import dev.vertxmicro.discovery.MicroAddressResolver;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.mdns.MdnsOptions;
import dev.vertxmicro.registry.mdns.MdnsRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

/** Calls the greeter with nothing but Vert.x's HTTP client, which finds it by name: {@code PlainClient [NAME]}. */
public final class PlainClient {
    private PlainClient() {}

    /**
     * Calls the greeter once.
     *
     * @param args whom to greet
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Registry registry = MdnsRegistry.create(vertx, MdnsOptions.DEFAULTS);
        HttpClient client = vertx.httpClientBuilder()
                .withAddressResolver(MicroAddressResolver.create(registry))
                .build();
        RequestOptions hello = new RequestOptions()
                .setServer(MicroAddress.of("greeter"))
                .setMethod(HttpMethod.POST)
                .putHeader("Content-Type", "application/json")
                .putHeader("Micro-Endpoint", "Greeter.Hello");
        JsonObject body = new JsonObject().put("name", args.length == 0 ? "davie" : args[0]);
        client.request(hello)
                .compose(request -> request.send(body.toBuffer()))
                .compose(response -> response.getHeader("Micro-Error") == null
                        ? response.body()
                        : Future.failedFuture(response.getHeader("Micro-Error")))
                .onSuccess(answer -> System.out.println(answer.toJsonObject().getString("greeting")))
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .eventually(client::close)
                .eventually(registry::close)
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }
}
