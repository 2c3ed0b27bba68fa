package examples;

import dev.vertxmicro.discovery.MicroServiceImporter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.ServiceDiscovery;
import io.vertx.servicediscovery.types.HttpEndpoint;

/** Calls the greeter as a record of vertx-service-discovery: {@code PlainDiscovery [NAME]}. */
public final class PlainDiscovery {
    private PlainDiscovery() {}

    /**
     * Calls the greeter once.
     *
     * @param args whom to greet
     */
    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        ServiceDiscovery discovery = ServiceDiscovery.create(vertx);
        String name = args.length == 0 ? "davie" : args[0];
        discovery
                .registerServiceImporter(new MicroServiceImporter(), new JsonObject())
                .compose(mirrored -> HttpEndpoint.getClient(discovery, new JsonObject().put("name", "greeter")))
                .compose(greeter -> hello(greeter, name))
                .onSuccess(System.out::println)
                .onFailure(failure -> System.err.println(failure.getMessage()))
                .onComplete(done -> vertx.close().onComplete(closed -> System.exit(done.succeeded() ? 0 : 1)));
    }

    private static Future<String> hello(HttpClient greeter, String name) {
        return greeter.request(HttpMethod.POST, "/")
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader("Micro-Endpoint", "Greeter.Hello")
                        .send(new JsonObject().put("name", name).toBuffer()))
                .compose(response -> response.getHeader("Micro-Error") == null
                        ? response.body()
                        : Future.failedFuture(response.getHeader("Micro-Error")))
                .map(answer -> answer.toJsonObject().getString("greeting"));
    }
}
