package dev.vertxmicro.wrapper.resilience;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node over HTTP that takes connections and requests, and says nothing. */
class HungNodeTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    @Test
    void opensItsCircuitThoughNoCallerGivesADeadline() {
        NetServer hung = result(vertx.createNetServer()
                .connectHandler(socket -> socket.handler(read -> {}))
                .listen(0, "127.0.0.1"));
        String address = "127.0.0.1:" + hung.actualPort();
        JsonObject breaker =
                new JsonObject().put("per", "node").put("minCalls", 4).put("openTime", "1h");
        DescribedClient client = DescribedClient.create(
                vertx,
                new JsonObject()
                        .put("registry", new JsonObject().put("type", "memory"))
                        .put("client", new JsonObject().put("requestTimeout", "300ms"))
                        .put(
                                "wrappers",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("type", "breaker")
                                                .put("breaker", breaker))));
        Request<StringValue, StringValue> hello =
                Rig.hello("x").withOptions(CallOptions.DEFAULTS.withAddresses(address));
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            told.add(failure(client.call(hello)));
        }
        assertThat(told.subList(0, 4)).allMatch(each -> each.startsWith("408 "));
        assertThat(told.get(4)).contains("circuit breaker of greeter " + address + " is open");
        result(client.close());
    }

    private static String failure(Future<?> call) {
        return result(call.map("answered").otherwise(failure -> {
            MicroException error = (MicroException) failure;
            return error.code() + " " + error.detail();
        }));
    }
}
