package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.registry.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where services listen whose Vert.x was told a host. */
class ListeningHostTest {
    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private final DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));

    @AfterEach
    void stop() throws Exception {
        await(client.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private String deployed(Class<?> verticle, JsonObject server, String service) throws Exception {
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", server)
                .put("registry", registry);
        await(vertx.deployVerticle(verticle.getName(), new DeploymentOptions().setConfig(descriptor)));
        List<Node> nodes = await(client.registry().get(service)).get(0).nodes();
        return nodes.get(0).address();
    }

    @Test
    void isTheOneThatItsVertxWasTold() throws Exception {
        ClusterMember.listenOn(vertx, "127.0.0.2");
        assertThat(deployed(EchoVerticle.class, new JsonObject(), "echo")).startsWith("127.0.0.2:");
    }

    @Test
    void isThatOfTheBrokerToo() throws Exception {
        ClusterMember.listenOn(vertx, "127.0.0.2");
        assertThat(deployed(ListeningVerticle.class, new JsonObject(), "go.micro.http.broker"))
                .startsWith("127.0.0.2:");
    }

    @Test
    void isThatOfTheDescriptorWhereItNamesOne() throws Exception {
        ClusterMember.listenOn(vertx, "127.0.0.2");
        assertThat(deployed(EchoVerticle.class, new JsonObject().put("address", "127.0.0.3:0"), "echo"))
                .startsWith("127.0.0.3:");
    }

    @Test
    void mustBeAHost() {
        assertThatThrownBy(() -> ClusterMember.listenOn(vertx, "no host"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no host");
        assertThat(ClusterMember.placed(vertx, new JsonObject())).isEmpty();
    }

    @Test
    void mayBeOneOfIpv6() {
        ClusterMember.listenOn(vertx, "::1");
        assertThat(ClusterMember.placed(vertx, new JsonObject()))
                .isEqualTo(new JsonObject().put("server", new JsonObject().put("address", "[::1]:0")));
    }
}
