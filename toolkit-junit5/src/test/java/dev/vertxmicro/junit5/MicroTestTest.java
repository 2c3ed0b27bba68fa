package dev.vertxmicro.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@MicroTest(
        value = MicroTestTest.ShopVerticle.class,
        descriptor =
                "{\"service\":{\"name\":\"shop\"},\"registry\":{\"type\":\"consul\"},\"health\":{\"address\":\":1\"}}")
class MicroTestTest {
    private static final Endpoint<StringValue, StringValue> BUY =
            Endpoint.unary("Shop.Buy", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> PRICE =
            Endpoint.unary("Prices.Get", StringValue.class, StringValue.class);
    private static final Topic<StringValue> SOLD = Topic.of("sold", StringValue.class);

    /** Asks another service for prices, and tells what it sells. */
    public static final class ShopVerticle extends ServiceVerticle {
        @Override
        protected void configure(Service service) {
            service.server().handle(BUY, (item, context) -> service.client()
                    .call(context, Request.of("prices", PRICE, item))
                    .compose(price -> service.client().publish(SOLD, item).map(price)));
        }
    }

    @BeforeEach
    void hasTheServicesAlready(TestServices services) {
        services.serve(
                "prices",
                server -> server.handle(
                        PRICE, (item, context) -> Future.succeededFuture(StringValue.of(item.getValue() + ": 3"))));
    }

    private static StringValue buy(TestServices services) {
        return services.await(services.client().call(Request.of("shop", BUY, StringValue.of("tea"))));
    }

    @Test
    void callsAServiceThatCallsAFake(TestServices services) {
        assertThat(buy(services).getValue()).isEqualTo("tea: 3");
    }

    @Test
    void hearsWhatAServicePublishes(TestServices services, Client client) {
        Promise<String> heard = Promise.promise();
        services.serve(
                "books",
                server -> server.subscribe(SOLD, (item, context) -> {
                    heard.tryComplete(item.getValue());
                    return Future.succeededFuture();
                }));
        assertThat(client).isSameAs(services.client());
        buy(services);
        assertThat(services.await(heard.future())).isEqualTo("tea");
    }

    @Test
    void runsInAVertxOfTheTestsOwn(TestServices services, Vertx vertx) {
        assertThat(vertx).isSameAs(services.vertx());
        assertThat(vertx.deploymentIDs()).hasSize(4);
    }

    @Test
    void tellsWhyAVerticleDoesNotStart(TestServices services) {
        JsonObject wrong = new JsonObject().put("servce", new JsonObject());
        assertThatThrownBy(() -> services.deploy(ShopVerticle.class, wrong)).hasMessageContaining("$.servce");
    }

    @Test
    void losesAServiceThatIsUndeployed(TestServices services) {
        Endpoint<StringValue, StringValue> echo = Endpoint.unary("E.E", StringValue.class, StringValue.class);
        String id =
                services.serve("echo", server -> server.handle(echo, (text, context) -> Future.succeededFuture(text)));
        Request<StringValue, StringValue> request = Request.of("echo", echo, StringValue.of("x"));
        services.await(services.client().call(request));
        services.undeploy(id);
        assertThatThrownBy(() -> services.await(services.client().call(request)))
                .isInstanceOf(MicroException.class);
    }

    @Nested
    class Within {
        @Test
        void servesNestedClassesToo(TestServices services) {
            assertThat(buy(services).getValue()).isEqualTo("tea: 3");
        }
    }
}
