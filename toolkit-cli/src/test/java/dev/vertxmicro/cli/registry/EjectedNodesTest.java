package dev.vertxmicro.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.launcher.VertxHome;
import dev.vertxmicro.launcher.VertxHome.Result;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code describe --ejected} says which nodes the clients of running services leave out. */
class EjectedNodesTest {
    private static final VertxHome VERTX = VertxHome.shared();
    private static final Endpoint<JsonObject, JsonObject> HELLO =
            Endpoint.unary("Greeter.Hello", JsonObject.class, JsonObject.class);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static JsonObject descriptor() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0)) {
            JsonObject mdns = new JsonObject()
                    .put("address", "239.255.77.4:" + free.getLocalPort())
                    .put("interfaces", new JsonArray().add("lo"));
            return new JsonObject()
                    .put("registry", new JsonObject().put("type", "mdns").put("mdns", mdns));
        }
    }

    private static Node node(String id) throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Node(id, "127.0.0.1:" + closed.getLocalPort(), Map.of("protocol", "mucp"));
        }
    }

    private static Result describe(JsonObject descriptor, String... more) {
        String[] line = {"describe", "greeter", "--ejected", "--timeout=10s", "--conf", descriptor.encode()};
        return VERTX.run(
                VERTX.process(Stream.of(line, more).flatMap(Arrays::stream).toArray(String[]::new)));
    }

    @Test
    void describesWhichNodesAreLeftOutAndByWhom() throws IOException {
        JsonObject descriptor = descriptor();
        Registry registry = ServiceDescriptor.parse(descriptor).registry().apply(vertx);
        List<Node> nodes = List.of(node("greeter-a"));
        Await.result(
                registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), nodes), Duration.ofSeconds(60)));
        ShopVerticle shop = new ShopVerticle();
        JsonObject ofShop = descriptor
                .copy()
                .put("service", new JsonObject().put("name", "shop"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0").put("id", "1"));
        Await.result(vertx.deployVerticle(shop, new DeploymentOptions().setConfig(ofShop)));

        Result before = describe(descriptor);
        assertThat(before.err()).isEmpty();
        assertThat(before.out()).endsWith("\n\nLeft out by nobody (1 node asked, 1 without an answer)\n");

        Request<JsonObject, JsonObject> request = Request.of("greeter", HELLO, new JsonObject())
                .withOptions(CallOptions.DEFAULTS.withContentType("application/json"));
        assertThat(Await.failure(shop.client().call(request))).hasMessageContaining("refused");
        Result after = describe(descriptor);
        assertThat(after.out())
                .endsWith(
                        """

                        Left out (1 node asked, 1 without an answer)
                        greeter-a  %s  by shop-1
                        """
                                .formatted(nodes.get(0).address()));

        JsonArray json = new JsonArray(describe(descriptor, "--json").out());
        assertThat(json.getJsonObject(0).getJsonArray("nodes").getJsonObject(0).getJsonArray("leftOutBy"))
                .containsExactly("shop-1");

        String selected = "{\"services\": [{\"name\": \"greeter\", \"addresses\": [\"127.0.0.1:1\"]}]}";
        JsonObject elsewhere = descriptor.copy().put("selector", new JsonObject(selected));
        Result found = describe(elsewhere, "--json");
        assertThat(found.err()).isEmpty();
        JsonArray both = new JsonArray(found.out());
        assertThat(both.getJsonObject(0).getJsonArray("nodes").getJsonObject(0).getString("id"))
                .isEqualTo("127.0.0.1:1");
        assertThat(both.getJsonObject(1).getJsonArray("nodes").getJsonObject(0))
                .as("what the shop leaves out, and is not where this looks")
                .isEqualTo(new JsonObject()
                        .put("id", "greeter-a")
                        .put("address", nodes.get(0).address())
                        .put("registered", false)
                        .put("leftOutBy", new JsonArray().add("shop-1")));
        Await.result(registry.close());
    }

    /** Calls greeters. */
    private static final class ShopVerticle extends ServiceVerticle {
        @Override
        protected void configure(Service target) {
            target.server().handle(HELLO, (request, context) -> Future.succeededFuture(request));
        }

        private Client client() {
            return service().client();
        }
    }
}
