package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service and its caller as conf/resilience.json describes them. */
class ResilienceSampleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private static JsonObject sample(String address) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "resilience.json")));
        sample.getJsonObject("server").put("address", address);
        return sample.put("registry", new JsonObject().put("type", "memory"));
    }

    @Test
    void limitsCallersAndTellsThemWhenToComeAgain() throws IOException {
        String address = "127.0.0.1:" + FreePorts.next();
        ServiceVerticle echo = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.server().handle(Rig.HELLO, (request, context) -> Future.succeededFuture(request));
            }
        };
        result(vertx.deployVerticle(echo, new DeploymentOptions().setConfig(sample(address))));
        JsonObject bare = sample(address);
        JsonObject once = new JsonObject().put("retries", 0).put("requestTimeout", "60s");
        bare.put("wrappers", new JsonArray()).put("client", once);
        DescribedClient client = DescribedClient.create(vertx, bare);
        Request<StringValue, StringValue> hello =
                Rig.hello("davie").withOptions(CallOptions.DEFAULTS.withAddresses(address));
        assertThat(code(client.call(hello))).isZero();
        List<Throwable> refused = new ArrayList<>();
        while (refused.isEmpty()) {
            List<Future<StringValue>> calls =
                    IntStream.range(0, 200).mapToObj(i -> client.call(hello)).toList();
            result(Future.join(calls).otherwiseEmpty());
            calls.stream().filter(Future::failed).map(Future::cause).forEach(refused::add);
        }
        assertThat(refused)
                .allSatisfy(failure -> assertThat(failure).isInstanceOfSatisfying(MicroException.class, error -> {
                    assertThat(error.code()).isEqualTo(429);
                    assertThat(error.retryAfter()).isPresent();
                }));
        result(client.close());
    }

    @Test
    void opensForAServiceThatFails() throws IOException {
        String address = "127.0.0.1:" + FreePorts.next();
        ServiceVerticle ill = new ServiceVerticle() {
            @Override
            protected void configure(Service service) {
                service.server()
                        .handle(
                                Rig.HELLO,
                                (request, context) -> Future.failedFuture(MicroException.internal("greeter", "ill")));
            }
        };
        JsonObject bare = sample(address).put("wrappers", new JsonArray());
        result(vertx.deployVerticle(ill, new DeploymentOptions().setConfig(bare)));
        DescribedClient client = DescribedClient.create(vertx, sample(address));
        Request<StringValue, StringValue> hello =
                Rig.hello("davie").withOptions(CallOptions.DEFAULTS.withAddresses(address));
        for (int i = 0; i < 10; i++) {
            assertThat(code(client.call(hello))).isEqualTo(500);
        }
        assertThat(code(client.call(hello))).isEqualTo(503);
        result(client.close());
    }

    private static int code(Future<?> call) {
        return result(call.map(0).otherwise(failure -> ((MicroException) failure).code()));
    }
}
