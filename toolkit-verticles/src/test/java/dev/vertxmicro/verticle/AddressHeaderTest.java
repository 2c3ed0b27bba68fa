package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AddressHeaderTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private void assertFails(boolean allowed, int code, String text) throws Exception {
        JsonObject config = new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("client", new JsonObject().put("addressHeader", allowed));
        vertx.deployVerticle(ClientVerticle.class.getName(), new DeploymentOptions().setConfig(config))
                .await(20, TimeUnit.SECONDS);
        DeliveryOptions call = new DeliveryOptions()
                .addHeader("service", "greeter")
                .addHeader("endpoint", "Greeter.Hello")
                .addHeader("address", "127.0.0.1:1");
        assertThatThrownBy(() -> vertx.eventBus()
                        .request("micro.client", new JsonObject(), call)
                        .await(20, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(ReplyException.class, failure -> {
                    assertThat(failure.failureCode()).isEqualTo(code);
                    assertThat(failure).hasMessageContaining(text);
                });
    }

    @Test
    void isFollowedUnlessItIsForbidden() throws Exception {
        assertFails(true, 500, "127.0.0.1:1");
    }

    @Test
    void isRefusedWhereItIsForbidden() throws Exception {
        assertFails(false, 403, "header address: not allowed here (expected: none; client.addressHeader is false)");
    }
}
