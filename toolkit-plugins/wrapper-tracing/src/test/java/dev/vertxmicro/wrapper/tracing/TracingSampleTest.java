package dev.vertxmicro.wrapper.tracing;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
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

/** A service as conf/tracing.json describes it, but that its collector is on another port. */
class TracingSampleTest {
    private static final Endpoint<StringValue, StringValue> ECHO =
            Endpoint.unary("Echo.Echo", StringValue.class, StringValue.class);
    /** As a go-micro service with jaeger sends it, recorded. */
    private static final String JAEGER = "4bf92f3577b34da6a3ce929d0e0e4736:00f067aa0ba902b7:0:1";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject sample(StubCollector collector, int port) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "tracing.json")));
        JsonObject own = sample.getJsonArray("wrappers").getJsonObject(0).getJsonObject("tracing");
        assertThat(own.getString("endpoint")).isEqualTo("http://127.0.0.1:4318");
        own.put("endpoint", collector.endpoint());
        sample.getJsonObject("server").put("address", "127.0.0.1:" + port);
        return sample.put("registry", new JsonObject().put("type", "memory"));
    }

    @Test
    void goesOnWithTheTraceOfAGoMicroServiceThatUsesJaeger() throws IOException {
        int port = FreePorts.next();
        try (StubCollector collector = StubCollector.answering()) {
            ServiceVerticle echo = new ServiceVerticle() {
                @Override
                protected void configure(Service service) {
                    service.server()
                            .handle(
                                    ECHO,
                                    (request, context) -> Future.succeededFuture(StringValue.of(Tracing.span(context)
                                            .getSpanContext()
                                            .getTraceId())));
                }
            };
            String id = result(vertx.deployVerticle(echo, new DeploymentOptions().setConfig(sample(collector, port))));
            JsonObject untraced = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
            DescribedClient client = DescribedClient.create(vertx, untraced);
            CallContext context = CallContext.create().withMetadata("Uber-Trace-Id", JAEGER);
            Request<StringValue, StringValue> request = Request.of("greeter", ECHO, StringValue.of("hello"))
                    .withOptions(CallOptions.DEFAULTS.withAddresses("127.0.0.1:" + port));
            assertThat(result(client.call(context, request)).getValue()).isEqualTo(JAEGER.substring(0, 32));
            result(client.close());
            result(vertx.undeploy(id));
            assertThat(collector.next().body().toString("ISO-8859-1"))
                    .contains("greeter.Echo.Echo")
                    .contains("production");
        }
    }
}
