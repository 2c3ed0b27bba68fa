package com.example.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.verticle.DescribedClient;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The running service, called over its port. */
class GreeterVerticleTest {
    private static final JsonObject MEMORY = new JsonObject().put("type", "memory");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void answersCalls() throws Exception {
        String address = "127.0.0.1:" + freePort();
        JsonObject descriptor = new JsonObject(Files.readString(Path.of("conf/@artifact@.json")))
                .put("registry", MEMORY)
                .put("server", new JsonObject().put("address", address));
        vertx.deployVerticle(new GreeterVerticle(), new DeploymentOptions().setConfig(descriptor))
                .await(10, TimeUnit.SECONDS);

        DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", MEMORY));
        GreeterService service = GreeterService.create("@name@", client)
                .withOptions(CallOptions.DEFAULTS.withAddresses(address));
        HelloRequest request = HelloRequest.newBuilder().setName("Ada").build();
        HelloResponse response = service.hello(request).await(10, TimeUnit.SECONDS);
        assertThat(response.getGreeting()).isEqualTo("Hello Ada");
        client.close().await(10, TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
