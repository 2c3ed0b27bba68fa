package dev.vertxmicro.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpBridgeTest extends BridgeFixture {
    private static final String HELLO = "'service': 'greeter', 'endpoint': 'Greeter.Hello'";

    @BeforeEach
    void deployBridge() throws Exception {
        deploy(config());
    }

    private static MicroException error(JsonObject frame) {
        assertThat(frame.getString("type")).as(frame.encode()).isEqualTo("err");
        return MicroException.parse(frame.getString("message"));
    }

    @Test
    void callsAServiceAndGetsItsAnswerOrItsError() throws Exception {
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            client.send("{'type': 'send', 'address': 'micro.client', 'replyAddress': 'one', 'headers': {" + HELLO
                    + ", 'micro-timeout': 3000000000, 'md.Colour': 'a'}, 'body': {'name': 'davie'}}");
            Message<Object> call = next(calls);
            assertThat(call.body()).isEqualTo(new JsonObject().put("name", "davie"));
            assertThat(call.headers().get("service")).isEqualTo("greeter");
            assertThat(call.headers().get("micro-timeout")).isEqualTo("3000000000");
            assertThat(call.headers().get("md.Colour")).isEqualTo("a");
            call.reply(new JsonObject().put("greeting", "hello"), new DeliveryOptions().addHeader("md.From", "b"));
            JsonObject reply = client.read();
            assertThat(reply.getString("type")).isEqualTo("message");
            assertThat(reply.getString("address")).isEqualTo("one");
            assertThat(reply.getJsonObject("body").getString("greeting")).isEqualTo("hello");
            assertThat(reply.getJsonObject("headers").getString("md.From")).isEqualTo("b");

            client.send(
                    "{'type': 'send', 'address': 'micro.client', 'replyAddress': 'two', 'headers': {" + HELLO + "}}");
            next(calls).fail(404, MicroException.notFound("greeter", "no davie").text());
            JsonObject failed = client.read();
            assertThat(failed.getString("address")).isEqualTo("two");
            assertThat(failed.getString("sourceAddress")).isEqualTo("micro.client");
            assertThat(failed.getInteger("failureCode")).isEqualTo(404);
            assertThat(error(failed).detail()).isEqualTo("no davie");
        }
    }

    @Test
    void takesTheHeaderTimeoutForTheWaitInMilliseconds() throws Exception {
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            JsonObject failed =
                    client.ask("{'type': 'send', 'address': 'micro.client', 'replyAddress': 'one', 'headers': {" + HELLO
                            + ", 'timeout': '50'}}");
            assertThat(failed.getString("failureType")).isEqualTo("TIMEOUT");
            Message<Object> call = next(calls);
            assertThat(call.headers().contains("timeout")).isFalse();
            assertThat(call.headers().get("micro-timeout")).isEqualTo("50000000");
        }
    }

    @Test
    void refusesWhatIsNotAllowed() throws Exception {
        BlockingQueue<Message<Object>> secrets = taken("secret");
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        try (FrameClient client = new FrameClient(port)) {
            for (String frame : new String[] {
                "'type': 'send', 'address': 'secret'",
                "'type': 'send', 'address': 'out.x'",
                "'type': 'register', 'address': 'secret'",
                "'type': 'register', 'address': 'echo'",
                "'type': 'register', 'address': 'micro.client'",
                "'type': 'register', 'address': 'micro.handler/greeter/Greeter.Hello'",
                "'type': 'send', 'address': 'micro.client', 'headers': {'service': 'other', 'endpoint': 'A.B'}",
                "'type': 'send', 'address': 'micro.client', 'headers': {" + HELLO + ", 'address': '10.0.0.1:1'}",
                "'type': 'send', 'address': '__vertx.reply.1'"
            }) {
                JsonObject refused = client.ask("{" + frame + ", 'replyAddress': 'r'}");
                assertThat(refused.getString("address")).as(frame).isEqualTo("r");
                assertThat(error(refused).code()).isEqualTo(403);
                assertThat(error(refused).detail()).isEqualTo("access_denied");
                JsonObject unasked = client.ask("{" + frame + "}");
                assertThat(unasked).isEqualTo(FrameClient.json("{'type': 'err', 'message': 'access_denied'}"));
            }
            assertThat(client.ask("{'type': 'publish', 'address': 'secret'}").getString("message"))
                    .isEqualTo("access_denied");
            assertThat(client.ask("{'type': 'send', 'address': 'echo', 'replyAddress': 'r', 'body': 1}")
                            .getInteger("body"))
                    .isEqualTo(1);
        }
        assertThat(secrets).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void saysInAWordWhatIsWrongWithAFrame() throws Exception {
        try (FrameClient client = new FrameClient(port)) {
            assertThat(client.ask("{'type': 'ping'}").getString("type")).isEqualTo("pong");
            assertThat(client.ask("{'type': 'dance', 'address': 'echo'}").getString("message"))
                    .isEqualTo("unknown_type");
            assertThat(client.ask("{'address': 'echo'}").getString("message")).isEqualTo("unknown_type");
            assertThat(client.ask("{'type': 'send'}").getString("message")).isEqualTo("missing_address");
            assertThat(client.ask("{}").getString("message")).isEqualTo("missing_type");
            assertThat(client.ask("{'type': 'send', 'address': '" + "a".repeat(1025) + "'}")
                            .getString("message"))
                    .isEqualTo("max_address_length_reached");
            for (String headers :
                    new String[] {"'text'", "{'a': {}}", "{'a': null}", "{'a': '1', 'A': '2'}", "{'timeout': 'x'}"}) {
                assertThat(client.ask("{'type': 'send', 'address': 'echo', 'headers': " + headers + "}")
                                .getString("message"))
                        .as(headers)
                        .isEqualTo("invalid_frame");
            }
            assertThat(client.ask(
                                    "{'type': 'send', 'address': 'echo', 'headers': {'micro-body': 'base64'}, 'body': '!'}")
                            .getString("message"))
                    .isEqualTo("invalid_frame");
            client.raw(FrameClient.framed("[1]"));
            assertThat(client.read().getString("message")).isEqualTo("invalid_json");
            client.raw(FrameClient.framed("nonsense"));
            assertThat(client.read().getString("message")).isEqualTo("invalid_json");
            assertThat(client.ask("{'type': 'unregister', 'address': 'out.x'}").getString("message"))
                    .isEqualTo("unknown_address");
            client.register("out.x");
            assertThat(client.ask("{'type': 'register', 'address': 'out.x'}").getString("message"))
                    .isEqualTo("address_already_registered");
        }
    }

    @Test
    void servesAnEndpoint() throws Exception {
        try (FrameClient client = new FrameClient(port)) {
            client.register("micro.handler/clock/Clock.Now");
            Future<Message<Object>> first = vertx.eventBus()
                    .request(
                            "micro.handler/clock/Clock.Now",
                            new JsonObject().put("zone", "UTC"),
                            new DeliveryOptions().addHeader("md.Tenant", "a"));
            JsonObject call = client.read();
            assertThat(call.getString("address")).isEqualTo("micro.handler/clock/Clock.Now");
            assertThat(call.getJsonObject("body").getString("zone")).isEqualTo("UTC");
            assertThat(call.getJsonObject("headers").getString("md.Tenant")).isEqualTo("a");
            client.send(new JsonObject()
                    .put("type", "send")
                    .put("address", call.getString("replyAddress"))
                    .put("headers", new JsonObject().put("md.From", "b"))
                    .put("body", new JsonObject().put("now", "noon")));
            assertThat(await(first).body()).isEqualTo(new JsonObject().put("now", "noon"));
            assertThat(await(first).headers().get("md.From")).isEqualTo("b");

            Future<Message<Object>> second = vertx.eventBus().request("micro.handler/clock/Clock.Now", null);
            client.send(new JsonObject()
                    .put("type", "send")
                    .put("address", client.read().getString("replyAddress"))
                    .put("failureCode", 404)
                    .put("message", "no zone"));
            assertThatThrownBy(() -> await(second)).isInstanceOfSatisfying(ReplyException.class, failure -> {
                assertThat(failure.failureCode()).isEqualTo(404);
                assertThat(failure).hasMessage("no zone");
            });
        }
    }

    @Test
    void carriesBytesAsBase64() throws Exception {
        Buffer bytes = Buffer.buffer(new byte[] {0, -1, 62, 63, 64});
        BlockingQueue<Message<Object>> taken = taken("in.bytes");
        try (FrameClient client = new FrameClient(port)) {
            client.send("{'type': 'send', 'address': 'in.bytes', 'replyAddress': 'r',"
                    + " 'headers': {'micro-body': 'base64'}, 'body': 'AP8+P0A='}");
            Message<Object> message = next(taken);
            assertThat(message.body()).isEqualTo(bytes);
            assertThat(message.headers().isEmpty()).isTrue();
            message.reply(bytes);
            JsonObject reply = client.read();
            assertThat(reply.getString("body")).isEqualTo("AP8+P0A=");
            assertThat(reply.getJsonObject("headers").getString("micro-body")).isEqualTo("base64");
        }
    }

    @Test
    void publishesAndHearsTopics() throws Exception {
        BlockingQueue<Message<Object>> published = taken("micro.broker.publish");
        BlockingQueue<Message<Object>> asked = taken("micro.broker");
        try (FrameClient client = new FrameClient(port);
                FrameClient other = new FrameClient(port)) {
            client.send(
                    "{'type': 'send', 'address': 'micro.broker.publish', 'replyAddress': 'r', 'headers': {'topic': 'news'},"
                            + " 'body': {'headline': 'it works'}}");
            next(published).reply(null);
            assertThat(client.read().getString("address")).isEqualTo("r");

            client.register("micro.topic/news");
            vertx.eventBus().publish("micro.topic/news", new JsonObject().put("headline", "again"));
            JsonObject heard = client.read();
            assertThat(heard.getString("address")).isEqualTo("micro.topic/news");
            assertThat(heard.containsKey("replyAddress")).isFalse();

            String subscribe = "{'type': 'send', 'address': 'micro.broker', 'replyAddress': 'r',"
                    + " 'headers': {'action': 'subscribe', 'topic': 'news', 'owner': 'micro.owner/1'}}";
            assertThat(error(client.ask(subscribe)).code()).isEqualTo(403);
            client.register("micro.owner/1");
            assertThatThrownBy(() -> other.register("micro.owner/1"))
                    .hasMessageContaining("address_already_registered");
            client.send(subscribe);
            next(asked).reply(new JsonObject().put("subscription", "news"));
            assertThat(client.read().getJsonObject("body").getString("subscription"))
                    .isEqualTo("news");
        }
    }

    @Test
    void givesEachCallAnIdOfItsOwnAndCancelsThoseOfAClientThatHasGone() throws Exception {
        BlockingQueue<Message<Object>> calls = taken("micro.client");
        BlockingQueue<Message<Object>> cancelled = taken("micro.cancel");
        String call = "{'type': 'send', 'address': 'micro.client', 'replyAddress': 'r', 'headers': {" + HELLO
                + ", 'call': 'x'}}";
        try (FrameClient client = new FrameClient(port);
                FrameClient other = new FrameClient(port)) {
            client.send(call);
            String id = next(calls).headers().get("call");
            assertThat(id).endsWith("-x");
            other.send(call);
            String others = next(calls).headers().get("call");
            assertThat(others).isNotEqualTo(id);
            client.send("{'type': 'publish', 'address': 'micro.cancel', 'headers': {'call': 'x'}}");
            assertThat(next(cancelled).headers().get("call")).isEqualTo(id);
            other.socket.close();
            assertThat(next(cancelled).headers().get("call")).isEqualTo(others);
        }
    }

    @Test
    void tellsAtOnceThatTheClientThatWasToAnswerHasGone() throws Exception {
        Future<Message<Object>> call;
        try (FrameClient client = new FrameClient(port)) {
            client.register("micro.handler/clock/Clock.Now");
            call = vertx.eventBus().request("micro.handler/clock/Clock.Now", new JsonObject());
            client.read();
        }
        assertThatThrownBy(() -> await(call)).isInstanceOfSatisfying(ReplyException.class, failure -> {
            assertThat(failure.failureCode()).isEqualTo(500);
            assertThat(failure).hasMessageContaining("the client of the bridge has gone");
        });
    }

    @Test
    void endsWithItsVerticle() throws Exception {
        String id = vertx.deploymentIDs().iterator().next();
        try (FrameClient client = new FrameClient(port)) {
            client.register("out.x");
            await(vertx.undeploy(id));
            client.awaitEnd();
        }
        assertThatThrownBy(() -> new FrameClient(port)).hasMessageContaining("refused");
        assertThatThrownBy(() -> await(vertx.eventBus().request("out.x", new JsonArray())))
                .hasMessageContaining("No handlers");
    }
}
