package dev.vertxmicro.wrapper.auth;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** A service and its caller as descriptors describe them, over HTTP. */
class GuardedVerticleFixture {
    static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> STOP =
            Endpoint.unary("Admin.Stop", StringValue.class, StringValue.class);
    static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);

    final Vertx vertx = Vertx.vertx();
    final String address = "127.0.0.1:" + FreePorts.next();
    final List<String> subscribed = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    static StringValue who(CallContext context) {
        return StringValue.of(Principal.of(context)
                .map(principal ->
                        principal + " " + principal.scopes().stream().sorted().toList())
                .orElse("nobody"));
    }

    /** Answers with who calls. */
    void serve(JsonObject descriptor) {
        serve(descriptor, service -> Future.succeededFuture());
    }

    /** Answers with who calls, and does something when it serves. */
    void serve(JsonObject descriptor, Function<Service, Future<Void>> then) {
        JsonObject config = descriptor
                .copy()
                .put("service", new JsonObject().put("name", "greeter"))
                .put("registry", new JsonObject().put("type", "memory"))
                .put("server", new JsonObject().put("address", address));
        ServiceVerticle verticle = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.afterStart(() -> then.apply(service));
                service.server().handle(HELLO, (request, context) -> Future.succeededFuture(who(context)));
                service.server().handle(STOP, (request, context) -> Future.succeededFuture(who(context)));
                service.server().handleStream(CHAT, (stream, context) -> {
                    stream.onMessage(message -> stream.send(who(context)));
                    return stream.ended();
                });
                service.server().subscribe("greeter.greeted", StringValue.class, (message, context) -> {
                    subscribed.add(message.getValue() + " by " + who(context).getValue());
                    return Future.succeededFuture();
                });
            }
        };
        Await.result(vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config)));
    }

    DescribedClient client(JsonObject descriptor) {
        return DescribedClient.create(vertx, descriptor.copy().put("registry", new JsonObject().put("type", "memory")));
    }

    private Request<StringValue, StringValue> request(Endpoint<StringValue, StringValue> endpoint) {
        return Request.of("greeter", endpoint, StringValue.of("x"))
                .withOptions(CallOptions.DEFAULTS.withAddresses(List.of(address)));
    }

    Future<String> call(DescribedClient client, Endpoint<StringValue, StringValue> endpoint) {
        return client.call(request(endpoint)).map(StringValue::getValue);
    }

    Future<String> chat(DescribedClient client) {
        Promise<String> first = Promise.promise();
        client.stream(CallContext.create(), request(CHAT))
                .onFailure(first::tryFail)
                .onSuccess((ClientStream<StringValue, StringValue> stream) -> {
                    stream.onMessage(message -> {
                        first.tryComplete(message.getValue());
                        stream.end();
                    });
                    stream.ended().onFailure(first::tryFail);
                    stream.send(StringValue.of("x"));
                });
        return first.future();
    }
}
