package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services called that no registry of the client knows: its own is in memory, and empty. */
class SelectorTypesTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<DescribedClient> clients = new ArrayList<>();
    private String address;

    @BeforeEach
    void serve() throws Exception {
        JsonObject registry = PrivateRegistry.section();
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0").put("drainDelay", "0"))
                .put("registry", registry);
        await(vertx.deployVerticle(EchoVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
        DescribedClient finder = client(new JsonObject().put("registry", registry));
        Node node = await(finder.registry().get("echo")).get(0).nodes().get(0);
        address = node.address();
    }

    @AfterEach
    void stop() throws Exception {
        for (DescribedClient client : clients) {
            await(client.close());
        }
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private DescribedClient client(JsonObject descriptor) {
        DescribedClient client = DescribedClient.create(vertx, descriptor);
        clients.add(client);
        return client;
    }

    private DescribedClient selecting(JsonObject selector) {
        return client(new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("selector", selector));
    }

    private static String call(DescribedClient client, String service) throws Exception {
        return await(client.call(Request.of(service, EchoVerticle.ECHO, StringValue.of("hello"))))
                .getValue();
    }

    @Test
    void callsAServiceAtTheAddressThatIsItsName() throws Exception {
        DescribedClient client = selecting(new JsonObject().put("type", "named"));
        assertThat(call(client, address)).isEqualTo("hello");
        assertThatThrownBy(() -> call(client, "echo"))
                .isInstanceOfSatisfying(MicroException.class, e -> assertThat(e.detail())
                        .isEqualTo("error selecting echo node: address: echo (expected: host:port, port 1 to 65535)"));
    }

    @Test
    void callsAServiceAtTheHostOfItsNameAndOnePort() throws Exception {
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        DescribedClient client =
                selecting(new JsonObject().put("type", "static").put("static", new JsonObject().put("port", port)));
        assertThat(call(client, "localhost")).isEqualTo("hello");
        assertThat(call(client, address)).isEqualTo("hello");
    }

    @Test
    void callsOneServiceAtItsAddressesAndPassesOverThoseThatAreDead() throws Exception {
        JsonArray addresses = new JsonArray().add("127.0.0.1:1").add(address);
        JsonObject service = new JsonObject().put("name", "echo").put("addresses", addresses);
        DescribedClient client = selecting(
                new JsonObject().put("strategy", "round-robin").put("services", new JsonArray().add(service)));
        for (int i = 0; i < 6; i++) {
            assertThat(call(client, "echo")).isEqualTo("hello");
        }
        assertThat(client.statistics().ejections()).isEqualTo(1);
        assertThatThrownBy(() -> call(client, "other")).hasMessageContaining("not found");
    }
}
