package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller on the event bus, and a server that acts and loses its answer: nothing is done twice by itself. */
class BusLostAnswerTest {
    private static final Endpoint<JsonObject, JsonObject> PLACE =
            Endpoint.unary("Orders.Place", JsonObject.class, JsonObject.class);

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();
    private final List<FreezingRelay> relays = new ArrayList<>();
    /** The nodes whose handlers ran, one for each time. */
    private final List<String> acted = new CopyOnWriteArrayList<>();

    private final AtomicBoolean breaking = new AtomicBoolean();

    private final class Orders extends ServiceVerticle {
        private final FreezingRelay relay;

        private Orders(FreezingRelay relay) {
            this.relay = relay;
        }

        @Override
        protected void configure(Service service) {
            service.server().handle(PLACE, (order, context) -> {
                if (order.containsKey("warm")) {
                    return Future.succeededFuture(order);
                }
                acted.add(relay.address());
                if (breaking.getAndSet(false)) {
                    relay.cut();
                }
                return Future.succeededFuture(order.copy().put("number", acted.size()));
            });
        }
    }

    @BeforeEach
    void serve() {
        for (int i = 0; i < 2; i++) {
            int port = FreePorts.next();
            FreezingRelay relay = FreezingRelay.to(port);
            relays.add(relay);
            JsonObject server = new JsonObject()
                    .put("address", "127.0.0.1:" + port)
                    .put("advertise", relay.address())
                    .put("drainTimeout", "0");
            deploy(
                    new Orders(relay),
                    new JsonObject()
                            .put("service", new JsonObject().put("name", "orders"))
                            .put("server", server));
        }
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
        relays.forEach(FreezingRelay::close);
    }

    private void deploy(Deployable verticle, JsonObject descriptor) {
        Await.result(vertx.deployVerticle(
                verticle, new DeploymentOptions().setConfig(descriptor.put("registry", registry))));
    }

    private Future<Message<JsonObject>> call(JsonObject order) {
        DeliveryOptions to =
                new DeliveryOptions().addHeader("service", "orders").addHeader("endpoint", "Orders.Place");
        return vertx.eventBus().request("micro.client", order, to);
    }

    private void client(JsonObject client) {
        deploy(new ClientVerticle(), new JsonObject().put("client", client));
        for (int i = 0; i < 40; i++) {
            Await.result(call(new JsonObject().put("warm", true)));
        }
    }

    @Test
    void isDoneOnceAndFailsByDefault() {
        client(new JsonObject());
        breaking.set(true);
        Throwable failure = Await.result(call(new JsonObject().put("title", "a book"))
                .transform(answer -> Future.succeededFuture(answer.cause())));
        assertThat(failure).isInstanceOfSatisfying(ReplyException.class, reply -> assertThat(reply.failureCode())
                .isEqualTo(500));
        assertThat(failure).hasMessageContaining("go.micro.client.transport");
        assertThat(acted).hasSize(1);
    }

    @Test
    void isTriedAgainAtAnotherNodeWhereItMayBeDoneTwice() {
        JsonObject idempotent = new JsonObject().put("pattern", "Orders.Place").put("idempotent", true);
        client(new JsonObject().put("endpoints", new JsonArray().add(idempotent)));
        breaking.set(true);
        assertThat(Await.result(call(new JsonObject().put("title", "a book"))).body())
                .isEqualTo(new JsonObject().put("title", "a book").put("number", 2));
        assertThat(acted).hasSize(2).doesNotHaveDuplicates();
    }
}
