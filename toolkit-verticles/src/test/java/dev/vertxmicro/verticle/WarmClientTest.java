package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code client.warmUp} in the JSON of a client does. */
class WarmClientTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    /** One that finds each service at the address that is its name. */
    private DescribedClient client(List<String> warmUp) {
        return DescribedClient.create(
                vertx,
                new JsonObject()
                        .put("registry", new JsonObject().put("type", "memory"))
                        .put("selector", new JsonObject().put("type", "named"))
                        .put(
                                "client",
                                new JsonObject()
                                        .put("warmUp", new JsonArray(warmUp))
                                        .put("dialTimeout", "1s")
                                        .put("requestTimeout", "2s")));
    }

    private String echo() throws Exception {
        JsonObject registry = PrivateRegistry.section();
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0").put("drainDelay", "0"))
                .put("registry", registry);
        await(vertx.deployVerticle(EchoVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
        DescribedClient finder = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        String address =
                await(finder.registry().get("echo")).get(0).nodes().get(0).address();
        await(finder.close());
        return address;
    }

    @Test
    void callsToWhatItGetsReadyForWaitAndNoOthers() throws Exception {
        String echo = echo();
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String hanging = "127.0.0.1:" + silent.getLocalPort();
            DescribedClient client = client(List.of(echo, hanging));
            Request<StringValue, StringValue> hello = Request.of(echo, EchoVerticle.ECHO, StringValue.of("hello"));
            Future<StringValue> first = client.call(hello);
            String localhost = echo.replace("127.0.0.1", "localhost");
            assertThat(await(client.call(Request.of(localhost, EchoVerticle.ECHO, StringValue.of("other")))))
                    .isEqualTo(StringValue.of("other"));
            assertThatThrownBy(() -> await(client.call(
                            hello.withOptions(CallOptions.DEFAULTS.withRequestTimeout(Duration.ofMillis(50))))))
                    .isInstanceOfSatisfying(
                            MicroException.class, e -> assertThat(e.code()).isEqualTo(408));
            assertThat(first.isComplete() || client.ready().isComplete()).isFalse();
            Future<Boolean> wasReady = first.map(answer -> client.ready().isComplete());
            assertThat(await(wasReady)).isTrue();
            assertThat(await(client.call(hello))).isEqualTo(StringValue.of("hello"));
            await(client.close());
        }
    }

    @Test
    void isReadyThoughNobodyAnswers() throws Exception {
        try (RecordedLogs log = RecordedLogs.ofAll()) {
            DescribedClient client = client(List.of("127.0.0.1:1"));
            await(client.ready());
            assertThat(log.all()).anyMatch(line -> line.startsWith("client: 127.0.0.1:1 not ready: "));
            await(client.close());
        }
    }

    @Test
    void isReadyAtOnceWithoutAnythingToGetReadyFor() throws Exception {
        DescribedClient client = client(List.of());
        assertThat(client.ready().succeeded()).isTrue();
        await(client.close());
    }
}
