package dev.vertxmicro.registry.dns;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client as conf/dns.json describes it, but that Consul's DNS is on another port. */
@Requires(Requirement.CONSUL)
class DnsSampleTest {
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject sample(int dns) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "dns.json")));
        JsonObject own = sample.getJsonObject("registry").getJsonObject("dns");
        assertThat(own.getString("address")).isEqualTo("127.0.0.1:8600");
        own.put("address", "127.0.0.1:" + dns);
        return sample;
    }

    @Test
    void callsAServiceThatConsulKnows(@TempDir Path directory) throws IOException {
        int dns = FreePorts.next();
        int http = FreePorts.next();
        JsonObject served = sample(dns);
        served.getJsonObject("server").put("address", "127.0.0.1:" + http);
        ServiceVerticle echo = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.server().handle(ECHO, (request, context) -> Future.succeededFuture(request));
            }
        };
        try (ConsulAgent consul = ConsulAgent.dev(directory, "-dns-port=" + dns)) {
            result(vertx.deployVerticle(echo, new DeploymentOptions().setConfig(served)));
            consul.request(
                    "PUT",
                    "/v1/agent/service/register",
                    "{\"ID\": \"g1\", \"Name\": \"greeter\", \"Address\": \"127.0.0.1\", \"Port\": " + http + "}");
            DescribedClient client = DescribedClient.create(vertx, sample(dns));
            assertThat(client.registry().type()).isEqualTo("memory");
            assertThat(result(client.call(Request.of("greeter", ECHO, StringValue.of("hello"))))
                            .getValue())
                    .isEqualTo("hello");
            result(client.close());
        }
    }
}
