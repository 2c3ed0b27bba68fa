package dev.vertxmicro.registry.fixed;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service and a client as conf/static.json describes them, but for the ports. */
class StaticRegistrySampleTest {
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject sample(String here, String dead) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "static.json")));
        JsonObject greeter = sample.getJsonObject("registry")
                .getJsonObject("static")
                .getJsonArray("services")
                .getJsonObject(0);
        assertThat(greeter.getJsonArray("addresses")).containsExactly("127.0.0.1:9001", "127.0.0.1:9002");
        greeter.put("addresses", new JsonArray().add(here).add(dead));
        sample.getJsonObject("server").put("address", here);
        return sample;
    }

    @Test
    void callsTheServiceAtTheAddressOfTheList() throws IOException {
        JsonObject sample = sample("127.0.0.1:" + FreePorts.next(), "127.0.0.1:" + FreePorts.next());
        ServiceVerticle echo = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.server().handle(ECHO, (request, context) -> Future.succeededFuture(request));
            }
        };
        result(vertx.deployVerticle(echo, new DeploymentOptions().setConfig(sample)));
        DescribedClient client = DescribedClient.create(vertx, sample);
        assertThat(client.registry().type()).isEqualTo("static");
        for (int i = 0; i < 10; i++) {
            assertThat(result(client.call(Request.of("greeter", ECHO, StringValue.of("hello"))))
                            .getValue())
                    .isEqualTo("hello");
        }
        result(client.close());
    }
}
