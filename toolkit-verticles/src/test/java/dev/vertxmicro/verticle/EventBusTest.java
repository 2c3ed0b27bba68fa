package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.verticle.node.HandlerRoute;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a verticle can do that knows nothing but {@code vertx.eventBus()}. */
class EventBusTest {
    private static final DeliveryOptions VERSIONED = new DeliveryOptions().addHeader("micro-version", "1");

    private final Vertx vertx = Vertx.vertx();
    private final JsonObject registry = PrivateRegistry.section();

    @BeforeEach
    void deploy() throws Exception {
        await(vertx.deployVerticle(RegistryVerticle.class.getName(), options(new JsonObject())));
        await(vertx.deployVerticle(ClientVerticle.class.getName(), options(new JsonObject())));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }

    private DeploymentOptions options(JsonObject descriptor) {
        return new DeploymentOptions().setConfig(descriptor.put("registry", registry));
    }

    private void deployEcho() throws Exception {
        Promise<JsonObject> known = Promise.promise();
        vertx.eventBus().<JsonObject>consumer("micro.registry.changes", message -> known.tryComplete(message.body()));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "echo"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"));
        await(vertx.deployVerticle(EchoVerticle.class.getName(), options(descriptor)));
        await(known.future());
    }

    private JsonObject registry(String action, JsonObject body, String... headers) throws Exception {
        DeliveryOptions delivery = new DeliveryOptions(VERSIONED).addHeader("action", action);
        for (int i = 0; i < headers.length; i += 2) {
            delivery.addHeader(headers[i], headers[i + 1]);
        }
        return await(vertx.eventBus().<JsonObject>request("micro.registry", body, delivery))
                .body();
    }

    private static DeliveryOptions call(String service, String endpoint) {
        return new DeliveryOptions(VERSIONED).addHeader("service", service).addHeader("endpoint", endpoint);
    }

    @Test
    void listsAndDescribesServices() throws Exception {
        deployEcho();
        assertThat(registry("list", new JsonObject()).getJsonArray("services")).isEqualTo(new JsonArray().add("echo"));
        JsonObject echo = registry("get", new JsonObject(), "service", "echo")
                .getJsonArray("services")
                .getJsonObject(0);
        assertThat(echo.getJsonArray("nodes")).hasSize(1);
        assertThat(echo.getJsonArray("endpoints").getJsonObject(0).getString("name"))
                .isEqualTo("Echo.Echo");
        assertThat(registry("health", new JsonObject()).getString("status")).isEqualTo("UP");
    }

    @Test
    void callsWithBytesAndGetsBytes() throws Exception {
        deployEcho();
        Buffer body = Buffer.buffer(StringValue.of("davie").toByteArray());
        Message<Buffer> reply = await(vertx.eventBus().request("micro.client", body, call("echo", "Echo.Echo")));
        assertThat(StringValue.parseFrom(reply.body().getBytes()).getValue()).isEqualTo("davie");
        assertThat(reply.headers().get("micro-version")).isEqualTo("1");
    }

    @Test
    void takesTheCodeOfAPlainHandlerAsItsError() throws Exception {
        MicroException told = plainFailure(404, "no x");
        assertThat(told.text())
                .isEqualTo(MicroException.notFound("micro.handler/plain/Plain.Get", "no x")
                        .text());
        assertThat(plainFailure(0, "just text").text()).isEqualTo("just text");
        assertThat(plainFailure(-1, "thrown").text()).isEqualTo("thrown");
        MicroException own = MicroException.conflict("plain", "there");
        assertThat(plainFailure(500, own.text()).text()).isEqualTo(own.text());
    }

    /** Calls an endpoint whose handler is a consumer that knows nothing of this toolkit. */
    private MicroException plainFailure(int code, String text) throws Exception {
        MessageConsumer<Object> handler =
                vertx.eventBus().consumer("micro.handler/plain/Plain.Get", message -> message.fail(code, text));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "plain"))
                .put(
                        "server",
                        new JsonObject()
                                .put("address", "127.0.0.1:0")
                                .put("endpoints", new JsonArray().add("Plain.Get")));
        Promise<JsonObject> known = Promise.promise();
        MessageConsumer<JsonObject> changes =
                vertx.eventBus().consumer("micro.registry.changes", message -> known.tryComplete(message.body()));
        String deployment = await(vertx.deployVerticle(ServerVerticle.class.getName(), options(descriptor)));
        await(known.future());
        try {
            await(vertx.eventBus().request("micro.client", new JsonObject(), call("plain", "Plain.Get")));
            throw new AssertionError("answered (expected: a failure)");
        } catch (ReplyException failure) {
            return MicroException.parse(String.valueOf(failure.getMessage()));
        } finally {
            await(vertx.undeploy(deployment));
            await(handler.unregister());
            await(changes.unregister());
        }
    }

    @Test
    void tellsWhatItsClientHasCounted() throws Exception {
        deployEcho();
        await(vertx.eventBus().request("micro.client", Buffer.buffer(), call("echo", "Echo.Echo")));
        DeliveryOptions health = new DeliveryOptions(VERSIONED).addHeader("action", "health");
        JsonObject counted = await(vertx.eventBus().<JsonObject>request("micro.client", null, health))
                .body();
        assertThat(counted)
                .isEqualTo(new JsonObject()
                        .put("status", "UP")
                        .put("calls", 1L)
                        .put("retries", 0L)
                        .put("lateAnswers", 0L)
                        .put("hedges", 0L)
                        .put("ejections", 0L));
    }

    @Test
    void carriesMetadataToTheHandler() throws Exception {
        deployEcho();
        DeliveryOptions options = call("echo", "Echo.Tenant").addHeader("md.Tenant", "blau-蓝");
        Message<Buffer> reply = await(vertx.eventBus().request("micro.client", Buffer.buffer(), options));
        assertThat(StringValue.parseFrom(reply.body().getBytes()).getValue()).isEqualTo("blau-蓝");
    }

    @Test
    void bringsTheMetadataOfTheAnswer() throws Exception {
        DescribedClient client = legacy(message ->
                message.reply(new JsonObject().put("a", 1), new DeliveryOptions().addHeader("md.Rows", "7 蓝")));
        DeliveryOptions options = call("legacy", "Legacy.Json");
        Message<JsonObject> reply = await(vertx.eventBus().request("micro.client", new JsonObject(), options));
        assertThat(reply.body()).isEqualTo(new JsonObject().put("a", 1));
        assertThat(reply.headers().get("md.Rows")).isEqualTo("7 蓝");
        assertThat(reply.headers().names()).allMatch(name -> !name.startsWith("md.Micro-"));
        await(client.close());
    }

    @Test
    void callsFromTheEventLoopOfTheSender() throws Exception {
        deployEcho();
        Promise<Boolean> same = Promise.promise();
        vertx.getOrCreateContext().runOnContext(sending -> {
            Buffer body = Buffer.buffer(StringValue.of("davie").toByteArray());
            JsonObject absent = new JsonObject();
            vertx.eventBus()
                    .<Buffer>request("micro.client", body, call("echo", "Echo.Echo"))
                    .compose(reply -> vertx.eventBus()
                            .request("micro.client", absent, call("nowhere", "Echo.Echo"))
                            .transform(failed -> Future.succeededFuture(
                                    reply.body().equals(body) && failed.cause() instanceof ReplyException)))
                    .onComplete(same);
        });
        assertThat(await(same.future())).isTrue();
    }

    @Test
    void callsWithWhatWasSentThoughTheSenderGoesOnChangingIt() throws Exception {
        deployEcho();
        Buffer body = Buffer.buffer(StringValue.of("davie").toByteArray());
        DeliveryOptions options = call("echo", "Echo.Echo").addHeader("call", "one");
        Promise<Message<Buffer>> reply = Promise.promise();
        vertx.runOnContext(sending -> {
            vertx.eventBus().<Buffer>request("micro.client", body, options).onComplete(reply);
            body.setString(2, "other");
            options.getHeaders().set("endpoint", "Echo.None").set("call", "two");
        });
        Buffer answer = await(reply.future()).body();
        assertThat(StringValue.parseFrom(answer.getBytes()).getValue()).isEqualTo("davie");
    }

    @Test
    void handsBodiesOverAsTheyAreInOneJvm() throws Exception {
        Promise<Object> seen = Promise.promise();
        DescribedClient client = legacy(message -> {
            seen.tryComplete(message.body());
            message.reply(message.body());
        });
        Buffer body = Buffer.buffer("bytes");
        Endpoint<Buffer, Buffer> bytes = Endpoint.unary("Legacy.Json", Buffer.class, Buffer.class);
        HandlerRoute route = HandlerRoute.of(
                vertx, List.of("micro.handler/legacy/Legacy.Json"), SelectorOptions.DEFAULTS, ClientOptions.DEFAULTS);
        await(route.forward(bytes, "micro.handler/legacy/Legacy.Json", body, CallContext.create()));
        assertThat(await(seen.future())).isSameAs(body);
        await(client.close());
    }

    @Test
    void failsWithTheExactErrorAndItsCode() {
        assertThatThrownBy(() -> await(vertx.eventBus()
                        .request("micro.client", new JsonObject(), call("student_service", "Student.Get"))))
                .isInstanceOfSatisfying(ReplyException.class, e -> {
                    assertThat(e.failureCode()).isEqualTo(500);
                    assertThat(e.getMessage())
                            .isEqualTo("{\"id\":\"go.micro.client\",\"code\":500,\"detail\":\"error selecting"
                                    + " student_service node: not found\",\"status\":\"Internal Server Error\"}");
                });
    }

    @Test
    void refusesWhatIsNotOfTheProtocol() {
        assertRefused("micro.client", new JsonObject(), new DeliveryOptions(), "header service: absent");
        assertRefused("micro.client", "text", call("a", "B.C"), "body: neither JsonObject nor Buffer");
        assertRefused("micro.client", new JsonObject(), call("a", "B"), "endpoint: B (expected: Service.Method)");
        assertRefused(
                "micro.client", new JsonObject(), call("a", "B.C").addHeader("timeout", "5s"), "header timeout: 5s");
        assertRefused(
                "micro.client",
                new JsonObject(),
                call("a", "B.C").addHeader("timeout", "1000000").addHeader("micro-timeout", "5s"),
                "header micro-timeout: 5s");
        assertRefused(
                "micro.registry", new JsonObject(), new DeliveryOptions().addHeader("action", "lst"), "action: lst");
        assertRefused(
                "micro.registry",
                new JsonObject(),
                new DeliveryOptions().addHeader("micro-version", "2"),
                "micro-version: 2");
    }

    private void assertRefused(String address, Object body, DeliveryOptions options, String detail) {
        assertThatThrownBy(() -> await(vertx.eventBus().request(address, body, options)))
                .isInstanceOfSatisfying(ReplyException.class, e -> {
                    assertThat(e.failureCode()).isEqualTo(400);
                    assertThat(new JsonObject(e.getMessage()).getString("detail"))
                            .contains(detail);
                });
    }

    @Test
    void registersForOthersAndPublishesTheChange() throws Exception {
        Promise<JsonObject> change = Promise.promise();
        vertx.eventBus().<JsonObject>consumer("micro.registry.changes", message -> change.tryComplete(message.body()));
        JsonObject node = new JsonObject().put("id", "legacy-1").put("address", "127.0.0.1:7");
        JsonObject service =
                new JsonObject().put("name", "legacy").put("version", "1").put("nodes", new JsonArray().add(node));
        registry("register", service);
        assertThat(await(change.future()).getString("action")).isEqualTo("create");
        assertThat(registry("list", new JsonObject()).getJsonArray("services")).contains("legacy");
        registry("deregister", service);
        assertThat(registry("get", new JsonObject(), "service", "legacy").getJsonArray("services"))
                .isEmpty();
    }

    @Test
    void servesAnEndpointBehindAnAddressOfTheBus() throws Exception {
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "legacy"))
                .put(
                        "server",
                        new JsonObject()
                                .put("address", "127.0.0.1:0")
                                .put(
                                        "endpoints",
                                        new JsonArray().add("Legacy.Json").add("Legacy.Gone")));
        await(vertx.deployVerticle(ServerVerticle.class.getName(), options(descriptor)));
        vertx.eventBus()
                .<JsonObject>consumer(
                        "micro.handler/legacy/Legacy.Json",
                        message -> message.reply(new JsonObject()
                                .put("got", message.body().getString("name"))
                                .put("tenant", message.headers().get("md.Tenant"))));
        DescribedClient client = DescribedClient.create(vertx, new JsonObject().put("registry", registry));
        Endpoint<JsonObject, JsonObject> json = Endpoint.unary("Legacy.Json", JsonObject.class, JsonObject.class);
        CallOptions options = CallOptions.DEFAULTS.withContentType("application/json");
        JsonObject answer = await(client.call(
                CallContext.create().withMetadata("Tenant", "blue"),
                Request.of("legacy", json, new JsonObject().put("name", "davie"))
                        .withOptions(options)));
        assertThat(answer).isEqualTo(new JsonObject().put("got", "davie").put("tenant", "blue"));

        Endpoint<JsonObject, JsonObject> gone = Endpoint.unary("Legacy.Gone", JsonObject.class, JsonObject.class);
        assertThatThrownBy(() -> await(
                        client.call(Request.of("legacy", gone, new JsonObject()).withOptions(options))))
                .hasMessageContaining("\"code\":503");

        Endpoint<JsonObject, JsonObject> none = Endpoint.unary("Legacy.Other", JsonObject.class, JsonObject.class);
        assertThatThrownBy(() -> await(
                        client.call(Request.of("legacy", none, new JsonObject()).withOptions(options))))
                .hasMessageContaining("rpc: can't find method Other");
        await(client.close());
    }

    private DescribedClient legacy(Handler<Message<Object>> handler) throws Exception {
        JsonObject server =
                new JsonObject().put("address", "127.0.0.1:0").put("endpoints", new JsonArray().add("Legacy.Json"));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "legacy"))
                .put("server", server);
        await(vertx.deployVerticle(ServerVerticle.class.getName(), options(descriptor)));
        vertx.eventBus().consumer("micro.handler/legacy/Legacy.Json", handler);
        return DescribedClient.create(vertx, new JsonObject().put("registry", registry));
    }

    private static Request<Buffer, Buffer> legacyRequest(Buffer body) {
        Endpoint<Buffer, Buffer> json = Endpoint.unary("Legacy.Json", Buffer.class, Buffer.class);
        CallOptions options = CallOptions.DEFAULTS.withContentType("application/json");
        return Request.of("legacy", json, body).withOptions(options);
    }

    @Test
    void takesAnEmptyJsonBodyForTheEmptyMessage() throws Exception {
        DescribedClient client = legacy(message -> message.reply(new JsonObject().put("got", message.body())));
        Buffer answer = await(client.call(CallContext.create(), legacyRequest(Buffer.buffer())));
        assertThat(answer.toJsonObject()).isEqualTo(new JsonObject().put("got", new JsonObject()));
        for (String malformed : new String[] {"[]", "1", "null", "{"}) {
            assertThatThrownBy(() -> await(client.call(CallContext.create(), legacyRequest(Buffer.buffer(malformed)))))
                    .as(malformed)
                    .hasMessageContaining("\"code\":400");
        }
        await(client.close());
    }

    @Test
    void takesFromAHandlerOnTheBusWhatIsJson() throws Exception {
        DescribedClient client = legacy(message -> message.reply(
                switch (((JsonObject) message.body()).getString("reply", "")) {
                    case "array" -> new JsonArray().add(1);
                    case "text" -> "{\"b\":1}";
                    case "words" -> "words";
                    case "number" -> 7;
                    default -> null;
                }));
        assertThat(await(client.call(CallContext.create(), asking("array"))).toString())
                .isEqualTo("[1]");
        assertThat(await(client.call(CallContext.create(), asking("text"))).toString())
                .isEqualTo("{\"b\":1}");
        assertThat(await(client.call(CallContext.create(), asking(""))).toString())
                .isEqualTo("{}");
        for (String[] wrong : new String[][] {{"words", "java.lang.String"}, {"number", "java.lang.Integer"}}) {
            assertThatThrownBy(() -> await(client.call(CallContext.create(), asking(wrong[0]))))
                    .hasMessageContaining("handler answered " + wrong[1]
                            + " to application/json (expected: a Buffer, a JsonObject, a JsonArray, nothing, or a String"
                            + " that is text or JSON)");
        }
        await(client.close());
    }

    private static Request<Buffer, Buffer> asking(String what) {
        return legacyRequest(new JsonObject().put("reply", what).toBuffer());
    }

    @Test
    void aHandlerOnTheBusThatThrowsHasFailedAtOnce() throws Exception {
        Promise<Throwable> reported = Promise.promise();
        vertx.exceptionHandler(reported::tryComplete);
        DescribedClient client = legacy(message -> ((Buffer) message.body()).length());
        long began = System.nanoTime();
        assertThatThrownBy(() -> await(client.call(CallContext.create(), legacyRequest(Buffer.buffer()))))
                .hasMessageContaining("\"code\":500,\"detail\":\"handler failed\"");
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(3));
        assertThat(await(reported.future())).isInstanceOf(ClassCastException.class);
        await(client.close());
    }
}
