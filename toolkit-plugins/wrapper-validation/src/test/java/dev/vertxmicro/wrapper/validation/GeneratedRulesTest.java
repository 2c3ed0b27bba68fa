package dev.vertxmicro.wrapper.validation;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.server.FreePorts;
import dev.vertxmicro.verticle.DescribedClient;
import dev.vertxmicro.verticle.ServiceVerticle;
import dev.vertxmicro.wrapper.validation.orders.Line;
import dev.vertxmicro.wrapper.validation.orders.Order;
import dev.vertxmicro.wrapper.validation.orders.OrdersHandler;
import dev.vertxmicro.wrapper.validation.orders.OrdersService;
import dev.vertxmicro.wrapper.validation.orders.Receipt;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of orders.proto, from the generated client over HTTP to the generated handler. */
class GeneratedRulesTest {
    private static final Line PAIR = Line.newBuilder()
            .setArticle(UUID.randomUUID().toString())
            .setPieces(2)
            .build();
    private static final Order GOOD =
            Order.newBuilder().setBuyer("davie").addLines(PAIR).setBox("12").build();

    private final Vertx vertx = Vertx.vertx();
    private final String address = "127.0.0.1:" + FreePorts.next();
    private final Recording<String> handled = new Recording<>();
    private DescribedClient client;
    private OrdersService orders;

    private final class Shop extends ServiceVerticle implements OrdersHandler {
        @Override
        protected void configure(Service service) {
            OrdersHandler.register(service.server(), this);
        }

        private Future<Receipt> handled(Order order) {
            handled.handle(order.getBuyer());
            return Future.succeededFuture(Receipt.newBuilder()
                    .setNumber(order.getBuyer().equals("nobody") ? "" : "1")
                    .build());
        }

        @Override
        public Future<Receipt> place(Order request, CallContext context) {
            return handled(request);
        }

        @Override
        public Future<Void> watch(ServerStream<Order, Receipt> stream, CallContext context) {
            stream.onMessage(order -> handled(order).onSuccess(stream::send));
            return stream.ended();
        }
    }

    private JsonObject descriptor(JsonArray wrappers) {
        return new JsonObject()
                .put("service", new JsonObject().put("name", "orders"))
                .put("server", new JsonObject().put("address", address))
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "memory"))
                .put("wrappers", wrappers);
    }

    @BeforeEach
    void start() {
        JsonArray wrappers = new JsonArray()
                .add(new JsonObject()
                        .put("type", "validation")
                        .put("validation", new JsonObject().put("responses", true)));
        result(vertx.deployVerticle(new Shop(), new DeploymentOptions().setConfig(descriptor(wrappers))));
        client = DescribedClient.create(vertx, descriptor(new JsonArray()));
        orders = OrdersService.create("orders", client).withOptions(CallOptions.DEFAULTS.withAddresses(address));
    }

    @AfterEach
    void stop() {
        result(client.close());
        result(vertx.close());
    }

    private static MicroException failure(Future<?> future) {
        return result(future.<MicroException>map(answer -> null).otherwise(failure -> (MicroException) failure));
    }

    private MicroException refusal(Order.Builder order) {
        MicroException refusal = failure(orders.place(order.build()));
        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.id()).isEqualTo("orders");
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/protobuf", "application/json", "application/proto-rpc"})
    void aCallThatKeepsThemIsHandledAndAnotherIsNot(String contentType) {
        OrdersService typed =
                orders.withOptions(CallOptions.DEFAULTS.withAddresses(address).withContentType(contentType));
        assertThat(result(typed.place(GOOD)).getNumber()).isEqualTo("1");
        assertThat(handled.next()).isEqualTo("davie");
        MicroException refusal =
                failure(typed.place(GOOD.toBuilder().setBuyer("").build()));
        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.detail()).startsWith("buyer: ").endsWith("[string.min_len]");
        assertThat(handled.isEmpty()).isTrue();
    }

    @Test
    void eachKindOfRuleNamesItsField() {
        assertThat(refusal(GOOD.toBuilder().clearLines()).detail()).contains("lines: ", "[repeated.min_items]");
        assertThat(refusal(GOOD.toBuilder().addLines(PAIR.toBuilder().setArticle("x")))
                        .detail())
                .contains("lines[1].article: ", "[string.uuid]");
        assertThat(refusal(GOOD.toBuilder().addLines(PAIR.toBuilder().setPieces(101)))
                        .detail())
                .contains("lines[1].pieces: ", "[int32.");
        assertThat(refusal(GOOD.toBuilder().putNotes("door", "left side")).detail())
                .contains("notes[\"door\"]: ", "[string.max_len]");
        assertThat(refusal(GOOD.toBuilder().clearBox()).detail()).contains("way: ", "[required]");
        assertThat(refusal(GOOD.toBuilder().setStreet("a")).detail()).contains("street: ", "[string.min_len]");
        assertThat(refusal(GOOD.toBuilder().clearLines().setPaid(3)).detail())
                .contains("must not be paid without lines [paid_for]");
        assertThat(handled.isEmpty()).isTrue();
    }

    @Test
    void anAnswerThatBreaksThemIsNotSent() {
        MicroException failure =
                failure(orders.place(GOOD.toBuilder().setBuyer("nobody").build()));
        assertThat(failure.code()).isEqualTo(500);
        assertThat(failure.detail()).contains("answer is not valid: number: ", "[required]");
    }

    @Test
    void aMessageThatBreaksThemEndsItsStream() {
        ClientStream<Order, Receipt> stream = result(orders.watch());
        Recording<String> receipts = new Recording<>();
        stream.onMessage(receipt -> receipts.handle(receipt.getNumber())).resume();
        result(stream.send(GOOD));
        assertThat(receipts.next()).isEqualTo("1");
        assertThat(handled.next()).isEqualTo("davie");
        stream.send(GOOD.toBuilder().setBox("x").build());
        MicroException refusal = failure(stream.ended());
        assertThat(refusal.code()).isEqualTo(400);
        assertThat(refusal.detail()).contains("box: ", "[string.pattern]");
        assertThat(handled.isEmpty()).isTrue();
    }
}
